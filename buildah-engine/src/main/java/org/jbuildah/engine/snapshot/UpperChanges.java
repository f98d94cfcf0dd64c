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
 * away, and so is every other record of overlayfs. Sockets are no part of a layer.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html#whiteouts-and-opaque-directories">overlayfs</a>
 */
final class UpperChanges {
    private static final byte[] OPAQUE_MARKER = Names.utf8(".wh..wh..opq");
    private static final int WHITEOUT = 0020000;

    private final Linux linux;
    private final OverlayXattrs xattrs;
    private final LayerDraft draft;

    UpperChanges(Linux linux, OverlayXattrs xattrs, LayerDraft draft) {
        this.linux = linux;
        this.xattrs = xattrs;
        this.draft = draft;
    }

    private enum Kind {
        ENTRY,
        WHITEOUT,
        OPAQUE_MARKER,
        GONE
    }

    @SuppressWarnings("ArrayRecordComponent") // a name is raw bytes; never compared as a record
    private record Child(byte[] name, Kind kind, FileStatus status, SortedMap<String, byte[]> xattrs, LowerView below)
            implements WalkOrder.Child {
        @Override
        public boolean deep() {
            return kind == Kind.ENTRY && status.isDirectory();
        }

        @Override
        public boolean removed() {
            return kind == Kind.WHITEOUT;
        }
    }

    /** What is below the upper directory {@code last}; the entry of the directory itself is the caller's. */
    void writeContent(EntryName name, int parent, byte[] last, FileStatus status, LowerView below, boolean marker)
            throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while writing the layer");
        }
        int fd = linux.openat(parent, last, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            List<Child> children = new ArrayList<>();
            for (byte[] child : linux.getdents(fd)) {
                children.add(look(fd, child, below));
            }
            if (marker) {
                children.add(new Child(OPAQUE_MARKER, Kind.OPAQUE_MARKER, status, Collections.emptySortedMap(), below));
            }
            for (WalkOrder.Visit<Child> visit : WalkOrder.of(children)) {
                visit(name, fd, visit);
            }
            linux.utimensat(fd, Names.DOT, status.mtimeSeconds(), 0);
        } finally {
            linux.close(fd);
        }
    }

    private Child look(int fd, byte[] name, LowerView below) throws IOException {
        FileStatus status = linux.lstat(fd, name);
        boolean whiteout = StandaloneUnpacker.isWhiteout(status);
        if (whiteout || status.isSocket()) {
            boolean hides = !(below.find(name) instanceof LowerView.Found.Nothing);
            if (!whiteout || !hides) {
                linux.unlinkat(fd, name, false);
            }
            if (!whiteout && hides) {
                linux.mknodat(fd, name, WHITEOUT, 0, 0);
            }
            return new Child(name, hides ? Kind.WHITEOUT : Kind.GONE, status, Collections.emptySortedMap(), below);
        }
        SortedMap<String, byte[]> all = linux.lgetxattrs(Names.through(fd, name));
        LowerView deeper = below.nothing();
        if (status.isDirectory() && below.find(name) instanceof LowerView.Found.Directory directory) {
            deeper = directory.view();
        }
        return new Child(name, Kind.ENTRY, status, all, deeper);
    }

    private void visit(EntryName directory, int fd, WalkOrder.Visit<Child> visit) throws IOException {
        Child child = visit.child();
        switch (child.kind()) {
            case GONE -> {}
            case WHITEOUT -> draft.whiteout(directory.resolve(EntryName.of(child.name())));
            case OPAQUE_MARKER -> draft.opaque(directory);
            case ENTRY -> {
                EntryName name = directory.resolve(EntryName.of(child.name()));
                boolean opaque = child.xattrs().containsKey(xattrs.opaque());
                boolean marker = opaque && !child.below().parts().isEmpty();
                if (visit.content()) {
                    LowerView below = opaque ? child.below().nothing() : child.below();
                    writeContent(name, fd, child.name(), child.status(), below, marker);
                } else {
                    cleanse(fd, child, marker);
                    draft.add(
                            name,
                            fd,
                            child.name(),
                            child.status(),
                            child.xattrs(),
                            child.xattrs().containsKey(xattrs.origin()));
                }
            }
        }
    }

    private void cleanse(int fd, Child child, boolean keepOpaque) throws IOException {
        for (String xattr : child.xattrs().keySet()) {
            if (OverlayXattrs.ownOfDriver(xattr) && !(keepOpaque && xattr.equals(xattrs.opaque()))) {
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
