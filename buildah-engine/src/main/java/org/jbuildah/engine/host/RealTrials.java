package org.jbuildah.engine.host;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.worker.NamespaceTrial;
import org.jbuildah.engine.worker.Namespaces;

/** Tries it. */
final class RealTrials implements Trials {
    private static final int PATIENCE_IN_SECONDS = 5;
    private static final int LONGEST_TEXT = 4096;

    @Override
    public String userNamespace(List<String> unshare) {
        return NamespaceTrial.ofUser(unshare);
    }

    @Override
    public String mountNamespace(List<String> unshare) {
        return NamespaceTrial.ofRoot(unshare);
    }

    @Override
    public String idMap(List<String> unshare, Path shell, Namespaces.SubIds ids) {
        return NamespaceTrial.ofIdMap(unshare, shell, ids);
    }

    @Override
    public String open(String device) {
        // a node may be there that a device cgroup forbids
        try (FileChannel opened =
                FileChannel.open(Path.of(device), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return opened.isOpen() ? "" : "closed";
        } catch (NoSuchFileException e) {
            return "there is none";
        } catch (AccessDeniedException e) {
            return "permission denied";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public Said run(List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(new File("/"))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            return new Said(-1, String.valueOf(e.getMessage()));
        }
        try {
            // a program that hangs would hold the reader, so the clock runs beside it
            boolean ended = process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                return new Said(-1, "no answer for " + PATIENCE_IN_SECONDS + " seconds");
            }
            byte[] text = process.getInputStream().readNBytes(LONGEST_TEXT);
            return new Said(
                    process.exitValue(),
                    StandardCharsets.UTF_8.decode(ByteBuffer.wrap(text)).toString());
        } catch (IOException e) {
            return new Said(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said(-1, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }
}
