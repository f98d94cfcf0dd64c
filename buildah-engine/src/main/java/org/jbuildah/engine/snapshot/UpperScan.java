package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/** What one look at a whole upper directory tells, for those who need to know which file was which. */
final class UpperScan {
    private final Linux linux;
    private final OverlayRecords records;
    private final List<EntryName> removed = new ArrayList<>();
    private final Map<Long, List<EntryName>> shared = new HashMap<>();

    private UpperScan(Linux linux, OverlayRecords records) {
        this.linux = linux;
        this.records = records;
    }

    static UpperScan of(Linux linux, OverlayRecords records, int parent, byte[] upper) throws IOException {
        UpperScan scan = new UpperScan(linux, records);
        scan.walk(EntryName.ROOT, parent, upper);
        return scan;
    }

    /** The names that it hides of its lowers: whiteouts, and directories that are opaque. */
    List<EntryName> removed() {
        return removed;
    }

    /** All names of a file that has several, and the one that it had in the lowers where that is recorded. */
    List<EntryName> names(FileStatus file) {
        return shared.getOrDefault(file.inode(), List.of());
    }

    private void walk(EntryName directory, int parent, byte[] last) throws IOException {
        int fd = linux.openat(parent, last, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            for (byte[] child : linux.getdents(fd)) {
                FileStatus status = linux.lstat(fd, child);
                OverlayRecords.Meaning meaning = records.meaning(child, status);
                if (meaning instanceof OverlayRecords.Meaning.Removal removal) {
                    removed.add(directory.resolve(EntryName.of(removal.of())));
                } else if (meaning instanceof OverlayRecords.Meaning.Itself) {
                    look(directory.resolve(EntryName.of(child)), fd, child, status);
                }
            }
        } finally {
            linux.close(fd);
        }
    }

    private void look(EntryName name, int fd, byte[] child, FileStatus status) throws IOException {
        SortedMap<String, byte[]> xattrs = linux.lgetxattrs(Names.through(fd, child));
        if (status.isDirectory()) {
            if (records.opaque(fd, child, xattrs)) {
                removed.add(name);
            }
            walk(name, fd, child);
            return;
        }
        if (status.links() > 1) {
            named(status, name);
        }
        records.origin(xattrs).ifPresent(origin -> named(status, origin));
    }

    private void named(FileStatus file, EntryName name) {
        shared.computeIfAbsent(file.inode(), inode -> new ArrayList<>()).add(name);
    }
}
