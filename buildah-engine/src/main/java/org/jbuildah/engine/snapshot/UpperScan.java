package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/** What one look at a whole upper directory tells, for those who need to know which file was which. */
final class UpperScan {
    private final Linux linux;
    private final OverlayXattrs xattrs;
    private final List<EntryName> removed = new ArrayList<>();
    private final Map<Long, List<EntryName>> shared = new HashMap<>();

    private UpperScan(Linux linux, OverlayXattrs xattrs) {
        this.linux = linux;
        this.xattrs = xattrs;
    }

    static UpperScan of(Linux linux, OverlayXattrs xattrs, int parent, byte[] upper) throws IOException {
        UpperScan scan = new UpperScan(linux, xattrs);
        scan.walk(EntryName.ROOT, parent, upper);
        return scan;
    }

    /** The names that it hides of its lowers: whiteouts, and directories that are opaque. */
    List<EntryName> removed() {
        return removed;
    }

    /** All names of a file that has several. */
    List<EntryName> names(FileStatus file) {
        return shared.getOrDefault(file.inode(), List.of());
    }

    private void walk(EntryName directory, int parent, byte[] last) throws IOException {
        int fd = linux.openat(parent, last, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            for (byte[] child : linux.getdents(fd)) {
                EntryName name = directory.resolve(EntryName.of(child));
                FileStatus status = linux.lstat(fd, child);
                if (StandaloneUnpacker.isWhiteout(status)) {
                    removed.add(name);
                } else if (status.isDirectory()) {
                    if (linux.lgetxattrs(Names.through(fd, child)).containsKey(xattrs.opaque())) {
                        removed.add(name);
                    }
                    walk(name, fd, child);
                } else if (status.links() > 1) {
                    shared.computeIfAbsent(status.inode(), inode -> new ArrayList<>())
                            .add(name);
                }
            }
        } finally {
            linux.close(fd);
        }
    }
}
