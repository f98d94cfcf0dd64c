package org.jbuildah.engine.snapshot;

import java.nio.file.Path;
import java.util.List;

/** fuse-overlayfs. */
public record FuseProgram(Path file) {
    /** The command line that serves a mount from the foreground. */
    List<String> command(String directories, String target) {
        // as the kernel's "volatile": what is lost in a power cut is not believed afterwards
        return List.of(String.valueOf(file.getFileName()), "-f", "-o", directories + ",fsync=0", target);
    }
}
