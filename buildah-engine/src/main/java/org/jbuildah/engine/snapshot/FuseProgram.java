package org.jbuildah.engine.snapshot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * fuse-overlayfs, and what it is told in addition.
 *
 * @param options words for its {@code -o}
 */
public record FuseProgram(Path file, List<String> options) {
    public FuseProgram {
        options = List.copyOf(options);
    }

    /** The command line that serves a mount from the foreground. */
    List<String> command(String directories, String target) {
        List<String> all = new ArrayList<>();
        all.add(directories);
        all.add("fsync=0"); // as the kernel's "volatile": what is lost in a power cut is not believed afterwards
        all.addAll(options);
        return List.of(String.valueOf(file.getFileName()), "-f", "-o", String.join(",", all), target);
    }
}
