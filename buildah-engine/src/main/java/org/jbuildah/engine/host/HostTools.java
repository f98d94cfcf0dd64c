package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a worker is started with, and those that it starts.
 *
 * @param unshare the tool of util-linux, or busybox and its applet; empty where there is neither
 * @param fuseDevice whether {@code /dev/fuse} can be opened
 */
public record HostTools(
        List<String> unshare,
        @Nullable Path shell,
        @Nullable Path java,
        @Nullable Tool newuidmap,
        @Nullable Tool newgidmap,
        @Nullable Path fuseOverlayfs,
        boolean fuseDevice) {
    public HostTools {
        unshare = List.copyOf(unshare);
    }

    /** A program and whether it is setuid; one that is not is taken to have file capabilities, which Java cannot read. */
    public record Tool(Path path, boolean setuid) {}
}
