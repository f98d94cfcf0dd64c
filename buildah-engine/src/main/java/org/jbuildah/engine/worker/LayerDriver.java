package org.jbuildah.engine.worker;

import java.nio.file.Path;

/** A way to lend layers out as directories. */
public sealed interface LayerDriver {
    /** The kernel's overlay. */
    record KernelOverlay() implements LayerDriver {
        @Override
        public String word() {
            return "overlay";
        }
    }

    /**
     * Overlay by a file system in user space.
     *
     * @param program fuse-overlayfs
     */
    record FuseOverlay(Path program) implements LayerDriver {
        @Override
        public String word() {
            return "fuse-overlayfs";
        }
    }

    /** Whole copies. */
    record Vfs() implements LayerDriver {
        @Override
        public String word() {
            return "vfs";
        }
    }

    /** What people are told. */
    String word();
}
