package org.jbuildah.engine.snapshot;

import java.io.IOException;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/** The root directory of a snapshot: overlayfs shows that of the upper directory, whatever the layers say of theirs. */
final class RootMetadata {
    private RootMetadata() {}

    static void apply(Linux linux, IdMap ids, int layersFd, String ordinal, LayerStack stack) throws IOException {
        int fd = linux.openat(layersFd, Names.utf8(ordinal), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            LayerEntry root = stack.rootDirectory().orElse(null);
            if (root == null) {
                linux.fchmodat(fd, Names.DOT, 0755);
                linux.utimensat(fd, Names.DOT, 0, 0);
            } else {
                new EntryMetadata(linux, ids).apply(root, fd, Names.DOT);
            }
        } finally {
            linux.close(fd);
        }
    }
}
