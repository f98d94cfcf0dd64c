package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.snapshot.FuseDaemon;
import org.jbuildah.engine.snapshot.FuseProgram;
import org.jspecify.annotations.Nullable;

/** What differs in the rehearsals of overlay file systems; all on one thread, paths relative to its working directory. */
interface OverlayTrial {
    /** Puts into a lower directory what takes a name away from those below it. */
    void whiteout(String directory, String name) throws IOException;

    /** @param log a place for what a program says */
    void mount(String directories, String target, Path log) throws IOException;

    void end() throws IOException;

    /** The kernel's overlay. */
    record OfKernel(Linux linux, boolean trustedXattrs) implements OverlayTrial {
        private static final int CHARACTER_DEVICE = 0020000;

        @Override
        public void whiteout(String directory, String name) throws IOException {
            linux.mknodat(Linux.AT_FDCWD, bytes(directory + "/" + name), CHARACTER_DEVICE, 0, 0);
        }

        @Override
        public void mount(String directories, String target, Path log) throws IOException {
            String options = directories + ",volatile" + (trustedXattrs ? "" : ",userxattr");
            linux.mount("overlay", bytes(target), "overlay", 0, options);
        }

        @Override
        public void end() {} // with the thread goes its mount namespace, and the mount with that
    }

    /** fuse-overlayfs. */
    final class OfFuse implements OverlayTrial {
        private final Linux linux;
        private final FuseProgram program;
        private @Nullable FuseDaemon daemon;

        OfFuse(Linux linux, FuseProgram program) {
            this.linux = linux;
            this.program = program;
        }

        @Override
        public void whiteout(String directory, String name) throws IOException {
            byte[] marker = bytes(directory + "/.wh." + name);
            linux.close(linux.openat(Linux.AT_FDCWD, marker, OpenFlag.WRONLY | OpenFlag.CREAT, 0600));
        }

        @Override
        public void mount(String directories, String target, Path log) throws IOException {
            daemon = FuseDaemon.mount(linux, program, directories, target, log);
        }

        @Override
        public void end() throws IOException {
            if (daemon != null) {
                daemon.end();
            }
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
