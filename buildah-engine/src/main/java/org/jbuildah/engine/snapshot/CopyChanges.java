package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;
import org.jspecify.annotations.Nullable;

/**
 * Writes what changed in a copied tree since a listing of it as a layer: twice over the tree, first to learn in which directories
 * something changed, as a directory's entry comes before what is in it.
 */
final class CopyChanges {
    private final Linux linux;
    private final LayerDraft draft;
    private final Set<EntryName> touched = new HashSet<>();

    CopyChanges(Linux linux, LayerDraft draft) {
        this.linux = linux;
        this.draft = draft;
    }

    /** @param before null for what was not there */
    @SuppressWarnings("ArrayRecordComponent") // a name is raw bytes; never compared as a record
    private record Child(byte[] name, @Nullable Listing before, @Nullable FileStatus now, boolean deep)
            implements WalkOrder.Child {
        @Override
        public boolean removed() {
            return now == null;
        }

        boolean changed() {
            return now == null || before == null || !before.unchanged(now);
        }
    }

    void write(int parent, byte[] tree, Listing before) throws IOException {
        find(EntryName.ROOT, parent, tree, before);
        FileStatus status = linux.lstat(parent, tree);
        write(EntryName.ROOT, parent, tree, before, status);
    }

    /** True when something below the directory changed. */
    private boolean find(EntryName directory, int parent, byte[] last, @Nullable Listing before) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while looking for changes");
        }
        boolean any = false;
        int fd = open(parent, last);
        try {
            for (Child child : children(fd, before)) {
                EntryName name = directory.resolve(EntryName.of(child.name()));
                boolean below = child.deep() && find(name, fd, child.name(), child.before());
                if (below || child.changed()) {
                    any = true;
                    if (child.deep()) {
                        touched.add(name);
                    }
                }
            }
        } finally {
            linux.close(fd);
        }
        return any;
    }

    private void write(EntryName directory, int parent, byte[] last, @Nullable Listing before, FileStatus status)
            throws IOException {
        int fd = open(parent, last);
        try {
            for (WalkOrder.Visit<Child> visit : WalkOrder.of(children(fd, before))) {
                Child child = visit.child();
                EntryName name = directory.resolve(EntryName.of(child.name()));
                FileStatus now = child.now();
                boolean entry = child.changed() || touched.contains(name);
                if (now == null) {
                    draft.whiteout(name);
                } else if (entry && visit.content()) {
                    write(name, fd, child.name(), child.before(), now);
                } else if (entry) {
                    boolean fromBelow =
                            child.before() != null && child.before().identity().equals(Listing.Identity.of(now));
                    draft.add(
                            name, fd, child.name(), now, linux.lgetxattrs(Names.through(fd, child.name())), fromBelow);
                }
            }
            linux.utimensat(fd, Names.DOT, status.mtimeSeconds(), 0);
        } finally {
            linux.close(fd);
        }
    }

    private List<Child> children(int fd, @Nullable Listing before) throws IOException {
        List<Child> children = new ArrayList<>();
        Set<byte[]> present = new TreeSet<>(Arrays::compareUnsigned);
        for (byte[] name : linux.getdents(fd)) {
            FileStatus now = linux.lstat(fd, name);
            if (now.isSocket() || StandaloneUnpacker.isWhiteout(now)) {
                // no layer holds them: a socket ends with its process, a device 0:0 is a removal to whoever unpacks it
                linux.unlinkat(fd, name, false);
                continue;
            }
            Listing old = before == null ? null : before.children().get(name);
            children.add(new Child(name, old, now, now.isDirectory()));
            present.add(name);
        }
        if (before != null) {
            before.children().forEach((name, old) -> {
                if (!present.contains(name)) {
                    children.add(new Child(name, old, null, false));
                }
            });
        }
        return children;
    }

    private int open(int parent, byte[] name) throws IOException {
        return linux.openat(parent, name, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
    }
}
