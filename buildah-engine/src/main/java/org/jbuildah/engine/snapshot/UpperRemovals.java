package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/** The names that an upper directory hides of its lowers: whiteouts, and directories that are opaque. */
final class UpperRemovals {
    private final Linux linux;
    private final OverlayXattrs xattrs;
    private final List<EntryName> found = new ArrayList<>();

    UpperRemovals(Linux linux, OverlayXattrs xattrs) {
        this.linux = linux;
        this.xattrs = xattrs;
    }

    List<EntryName> in(int parent, byte[] upper) throws IOException {
        walk(EntryName.ROOT, parent, upper);
        return found;
    }

    private void walk(EntryName directory, int parent, byte[] last) throws IOException {
        int fd = linux.openat(parent, last, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            for (byte[] child : linux.getdents(fd)) {
                EntryName name = directory.resolve(EntryName.of(child));
                FileStatus status = linux.lstat(fd, child);
                if (StandaloneUnpacker.isWhiteout(status)) {
                    found.add(name);
                } else if (status.isDirectory()) {
                    if (linux.lgetxattrs(Names.through(fd, child)).containsKey(xattrs.opaque())) {
                        found.add(name);
                    }
                    walk(name, fd, child);
                }
            }
        } finally {
            linux.close(fd);
        }
    }
}
