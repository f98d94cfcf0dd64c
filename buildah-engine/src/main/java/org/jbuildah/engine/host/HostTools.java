package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a worker is started with.
 *
 * @param unshare the tool of util-linux, or busybox and its applet; empty where there is neither
 */
public record HostTools(
        List<String> unshare,
        @Nullable Path shell,
        @Nullable Path java,
        @Nullable Tool newuidmap,
        @Nullable Tool newgidmap) {
    public HostTools {
        unshare = List.copyOf(unshare);
    }

    /** A program that maps ids, and by what right. */
    public record Tool(Path path, Power power) {}

    /** By what a program may do more than its user. */
    public enum Power {
        SETUID,
        FILE_CAPABILITIES,
        /** Neither, as far as {@code getcap} tells. */
        NONE,
        /** Not setuid, and Java cannot read file capabilities. */
        UNKNOWN
    }
}
