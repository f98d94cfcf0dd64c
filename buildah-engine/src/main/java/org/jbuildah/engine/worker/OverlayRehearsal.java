package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/**
 * Tries what an overlay driver will do, in the place where it will do it: a mount with two lowers, a whiteout seen, a whiteout made, a
 * directory replaced. Kernel versions and file system types only hint at the answer; this is the answer, in about two milliseconds with
 * the kernel's overlay and twelve with fuse-overlayfs.
 */
final class OverlayRehearsal {
    private final Linux linux;
    private final Path rootfsDirectory;

    OverlayRehearsal(Linux linux, Path rootfsDirectory) {
        this.linux = linux;
        this.rootfsDirectory = rootfsDirectory;
    }

    /** What failed and why; empty when overlay works. */
    String obstacle(OverlayTrial trial) throws IOException, InterruptedException {
        Files.createDirectories(rootfsDirectory);
        Path stage = Files.createTempDirectory(rootfsDirectory, "rehearsal-");
        try {
            setUp(stage);
            AtomicReference<String> obstacle = new AtomicReference<>();
            Thread player = new Thread(() -> obstacle.set(play(stage, trial)), "overlay-rehearsal");
            player.start();
            player.join(); // with the thread goes its mount namespace, and the mount with that
            return Objects.requireNonNullElse(obstacle.get(), "the rehearsal did not end");
        } finally {
            TreeDeletion.delete(stage);
        }
    }

    private static void setUp(Path stage) throws IOException {
        for (String directory : new String[] {"low/d", "high", "upper", "work", "merged"}) {
            Files.createDirectories(stage.resolve(directory));
        }
        Files.createFile(stage.resolve("low/hidden"));
        Files.createFile(stage.resolve("low/d/removed"));
        Files.createFile(stage.resolve("high/seen"));
    }

    private String play(Path stage, OverlayTrial trial) {
        try {
            linux.unshare(CloneFlag.NEWNS | CloneFlag.FS);
            linux.chdir(bytes(stage.toString()));
            trial.whiteout("high", "hidden");
            trial.mount("lowerdir=high:low,upperdir=upper,workdir=work", "merged", stage.resolve("log"));
            try {
                return perform();
            } finally {
                trial.end();
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String perform() throws LinuxException {
        linux.lstat(Linux.AT_FDCWD, bytes("merged/seen"));
        if (present("merged/hidden")) {
            return "it does not honour a whiteout in a lower directory";
        }
        linux.unlinkat(Linux.AT_FDCWD, bytes("merged/d/removed"), false);
        linux.unlinkat(Linux.AT_FDCWD, bytes("merged/d"), true);
        linux.mkdirat(Linux.AT_FDCWD, bytes("merged/d"), 0755); // opaque: needs the xattr
        return present("merged/d/removed") ? "it does not make a directory opaque" : "";
    }

    private boolean present(String path) throws LinuxException {
        try {
            linux.lstat(Linux.AT_FDCWD, bytes(path));
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
