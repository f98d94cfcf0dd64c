package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.linux.FileStatus;
import org.jspecify.annotations.Nullable;

/** The files of a stack that a step removed: a file that came from below under an unknown name is one of them, renamed. */
final class RemovedFiles {
    private final LayerStack stack;
    private final Look look;
    private @Nullable UpperScan upper;
    private final List<LayerEntry> entries = new ArrayList<>();

    RemovedFiles(LayerStack stack, Look look) {
        this.stack = stack;
        this.look = look;
    }

    /** Looks at the upper directory; asked at most once, and only when it matters. */
    interface Look {
        UpperScan upper() throws IOException;
    }

    Owners.Owner ownerOf(EntryName name, FileStatus status) throws IOException {
        for (EntryName other : upper().names(status)) {
            Optional<LayerEntry> known = stack.find(other);
            if (known.isPresent() && !known.get().isDirectory()) {
                return new Owners.Owner(known.get().uid(), known.get().gid());
            }
        }
        Set<Owners.Owner> exact = owners(entry -> entry.isDirectory() == status.isDirectory()
                && entry.mode() == status.permissions()
                && entry.mtime().getEpochSecond() == status.mtimeSeconds()
                && (!entry.isFile() || entry.size() == status.size()));
        if (exact.size() == 1) {
            return exact.iterator().next();
        }
        Set<Owners.Owner> any = owners(entry -> entry.isDirectory() == status.isDirectory());
        if (any.size() == 1) {
            return any.iterator().next();
        }
        throw new IOException(
                "cannot tell to whom \"/" + name + "\" belongs: the step renamed it from a file of the image, "
                        + exact.size()
                        + " owners are possible, and the user namespace has a single id. Give the user a range in"
                        + " /etc/subuid and /etc/subgid, or copy the file instead of renaming it.");
    }

    private UpperScan upper() throws IOException {
        UpperScan scan = upper;
        if (scan == null) {
            scan = look.upper();
            for (EntryName name : scan.removed()) {
                collect(name);
            }
            upper = scan;
        }
        return scan;
    }

    private Set<Owners.Owner> owners(Predicate<LayerEntry> like) {
        return entries.stream()
                .filter(like)
                .map(entry -> new Owners.Owner(entry.uid(), entry.gid()))
                .collect(Collectors.toSet());
    }

    private void collect(EntryName name) throws IOException {
        Optional<LayerEntry> entry = stack.find(name);
        if (entry.isEmpty()) {
            return;
        }
        entries.add(entry.get().type() == EntryType.HARD_LINK ? linked(entry.get()) : entry.get());
        if (entry.get().isDirectory()) {
            Set<EntryName> children = new TreeSet<>();
            for (var layer : stack.layers()) {
                for (LayerIndex.Indexed child : stack.index(layer).children(name)) {
                    if (!Whiteout.isMarker(child.entry().name())) {
                        children.add(child.entry().name());
                    }
                }
            }
            for (EntryName child : children) {
                collect(child);
            }
        }
    }

    /** A hard link's own size and times mean nothing; those of its file do. */
    private LayerEntry linked(LayerEntry link) throws IOException {
        return stack.find(EntryName.of(link.linkTarget())).orElse(link);
    }
}
