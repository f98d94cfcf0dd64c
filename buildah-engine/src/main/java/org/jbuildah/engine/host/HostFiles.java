package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine as files; in tests, a map. */
interface HostFiles {
    /** The text of a file; null where it is missing or closed to us. */
    @Nullable
    String text(String path);

    boolean exists(String path);

    /** The names in a directory, sorted; none where it is missing or closed to us. */
    List<String> names(String directory);

    /** The mode bits of an executable regular file; negative where there is none. */
    int executableMode(String path);

    /** The path without symlinks, as far as it exists. */
    Path resolved(Path path);
}
