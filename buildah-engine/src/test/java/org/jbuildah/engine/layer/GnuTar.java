package org.jbuildah.engine.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The tar of this machine, where it is GNU's. */
final class GnuTar {
    private GnuTar() {}

    static void require() {
        try {
            Assumptions.assumeTrue(
                    output(List.of("tar", "--version")).contains("GNU tar"), "the tar here is not GNU's");
        } catch (IOException absent) {
            Assumptions.abort("no tar on this machine: " + absent.getMessage());
        }
    }

    /** Runs {@code tar} in a folder and returns what it said. */
    static String run(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return output(command);
    }

    static String output(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
