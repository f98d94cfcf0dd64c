package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Writes the changes in one upper directory as a layer, and makes the directory what the layer unpacks to.
 *
 * <p>Laws: a marker is written only where the lowers really show what it removes; an opaque xattr or a whiteout without a marker is taken
 * away, and so is every other record of the overlay file system. Sockets are no part of a layer.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html#whiteouts-and-opaque-directories">overlayfs</a>
 */
final class UpperChanges {
    private static final byte[] OPAQUE_MARKER = Names.utf8(".wh..wh..opq");

    private final Linux linux;
    private final OverlayRecords records;
    private final LayerDraft draft;
    private final LowerView lowers;

    UpperChanges(Linux linux, OverlayRecords records, LayerDraft draft, LowerView lowers) {
        this.linux = linux;
        this.records = records;
        this.draft = draft;
        this.lowers = lowers;
    }

    private enum Kind {
        ENTRY,
        WHITEOUT,
        OPAQUE_MARKER,
        GONE
    }

    @SuppressWarnings("ArrayRecordComponent") // a name is raw bytes; never compared as a record
    private record Child(
            byte[] name,
            Kind kind,
            FileStatus status,
            SortedMap<String, byte[]> xattrs,
            boolean opaque,
            LowerView below)
            implements WalkOrder.Child {
        /** What is no file of the layer. */
        static Child mark(byte[] name, Kind kind, FileStatus status, LowerView below) {
            return new Child(name, kind, status, Collections.emptySortedMap(), false, below);
        }

        @Override
        public boolean deep() {
            return kind == Kind.ENTRY && status.isDirectory();
        }

        @Override
        public boolean removed() {
            return kind == Kind.WHITEOUT;
        }
    }

    /** What is in the upper directory; its own entry is the caller's. */
    void write(int parent, byte[] upper, FileStatus status) throws IOException {
        writeContent(EntryName.ROOT, parent, upper, status, lowers, false);
    }

    /** What is below the upper directory {@code last}; the entry of the directory itself is the caller's. */
    private void writeContent(
            EntryName name, int parent, byte[] last, FileStatus status, LowerView below, boolean marker)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while writing the layer");
        }
        int fd = linux.openat(parent, last, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            List<Child> children = new ArrayList<>();
            for (byte[] child : linux.getdents(fd)) {
                children.add(look(fd, child, below, marker));
            }
            if (marker) {
                children.add(Child.mark(OPAQUE_MARKER, Kind.OPAQUE_MARKER, status, below));
            }
            for (WalkOrder.Visit<Child> visit : WalkOrder.of(children)) {
                visit(name, fd, visit, below);
            }
            linux.utimensat(fd, Names.DOT, status.mtimeSeconds(), 0);
        } finally {
            linux.close(fd);
        }
    }

    private Child look(int fd, byte[] name, LowerView below, boolean opaque) throws IOException {
        FileStatus status = linux.lstat(fd, name);
        OverlayRecords.Meaning meaning = records.meaning(name, status);
        if (meaning instanceof OverlayRecords.Meaning.Opaqueness) {
            if (!opaque) {
                linux.unlinkat(fd, name, false);
            }
            return Child.mark(name, Kind.GONE, status, below);
        }
        if (meaning instanceof OverlayRecords.Meaning.Removal removal) {
            boolean hides = hides(below, removal.of());
            if (!hides) {
                linux.unlinkat(fd, name, false);
            }
            return Child.mark(removal.of(), hides ? Kind.WHITEOUT : Kind.GONE, status, below);
        }
        if (status.isSocket()) {
            boolean hides = hides(below, name);
            linux.unlinkat(fd, name, false);
            if (hides) {
                records.remove(fd, name);
            }
            return Child.mark(name, hides ? Kind.WHITEOUT : Kind.GONE, status, below);
        }
        SortedMap<String, byte[]> all = linux.lgetxattrs(Names.through(fd, name));
        status = records.repaired(fd, name, status, all, lowers);
        LowerView deeper = below.nothing();
        if (status.isDirectory() && below.find(name) instanceof LowerView.Found.Directory directory) {
            deeper = directory.view();
        }
        boolean hidesAll = status.isDirectory() && records.opaque(fd, name, all);
        return new Child(name, Kind.ENTRY, status, all, hidesAll, deeper);
    }

    private static boolean hides(LowerView below, byte[] name) throws IOException {
        return !(below.find(name) instanceof LowerView.Found.Nothing);
    }

    private void visit(EntryName directory, int fd, WalkOrder.Visit<Child> visit, LowerView around) throws IOException {
        Child child = visit.child();
        switch (child.kind()) {
            case GONE -> {}
            case WHITEOUT -> draft.whiteout(directory.resolve(EntryName.of(child.name())));
            case OPAQUE_MARKER -> draft.opaque(directory);
            case ENTRY -> {
                EntryName name = directory.resolve(EntryName.of(child.name()));
                boolean marker = child.opaque() && !child.below().parts().isEmpty();
                if (visit.content()) {
                    LowerView below = child.opaque() ? child.below().nothing() : child.below();
                    writeContent(name, fd, child.name(), child.status(), below, marker);
                } else {
                    boolean fromBelow =
                            records.copiedUp(fd, child.name(), child.status(), child.xattrs(), child.opaque(), around);
                    cleanse(fd, child, marker);
                    draft.add(name, fd, child.name(), child.status(), child.xattrs(), fromBelow);
                }
            }
        }
    }

    private void cleanse(int fd, Child child, boolean keepOpaque) throws IOException {
        for (String xattr : child.xattrs().keySet()) {
            if (OverlayXattrs.ownOfDriver(xattr) && !(keepOpaque && records.opaqueXattr(xattr))) {
                remove(fd, child.name(), xattr);
            }
        }
    }

    private void remove(int fd, byte[] name, String xattr) throws IOException {
        try {
            linux.lremovexattr(Names.through(fd, name), xattr);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENODATA) { // gone already, by another name of the same file
                throw e;
            }
        }
    }
}
