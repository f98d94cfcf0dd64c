package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;

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
     * @param options what it is to be told in addition, words for its {@code -o}
     */
    record FuseOverlay(Path program, List<String> options) implements LayerDriver {
        public FuseOverlay {
            options = List.copyOf(options);
        }

        public FuseOverlay(Path program) {
            this(program, List.of());
        }

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
