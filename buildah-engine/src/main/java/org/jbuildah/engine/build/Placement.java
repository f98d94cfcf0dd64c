package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.build.LayerDraft.Planned;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceSelection.Selected;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jspecify.annotations.Nullable;

/**
 * Lays selected files out under a destination, by the rules of BuildKit's copy:
 *
 * <ul>
 *   <li>a directory gives its content, not itself; a directory that is made for it is new and not the source's twin;
 *   <li>a destination that is a directory, or is written with a slash at the end, takes files inside it;
 *   <li>an existing directory keeps its own owner and mode at the top, and takes those of the source below it;
 *   <li>a file replaces a file or a symlink, and never a directory; nothing but a directory is merged into a directory.
 * </ul>
 */
final class Placement {
    private static final int DIRECTORY_MODE = 0755;

    private final LayerDraft draft;
    private final ContentDigest digests;
    private final @Nullable Owner owner;
    private final FileMode mode;
    private Object copy = new Object();

    /** A file of a source, copied once: copied again it is another file. */
    private record CopiedFile(Object copy, Object identity) {}

    /** @param owner null to keep the source's */
    Placement(LayerDraft draft, ContentDigest digests, @Nullable Owner owner, FileMode mode) {
        this.draft = draft;
        this.digests = digests;
        this.owner = owner;
        this.mode = mode;
    }

    /** @param destination absolute; ends in a slash where only a directory is meant */
    void place(Selected selected, String destination) throws IOException {
        copy = new Object();
        boolean inside = destination.endsWith("/");
        EntryName directory =
                draft.resolve(inside ? destination : destination.substring(0, destination.lastIndexOf('/') + 1));
        makeDirectories(directory);
        EntryName target = draft.resolve(destination);
        Optional<LayerEntry> there = draft.lookup(target);
        if (selected.entry().isDirectory()) {
            makeDirectories(target);
            copyChildren(selected.tree(), selected.name(), target);
            return;
        }
        if (target.isRoot() || there.map(LayerEntry::isDirectory).orElse(false)) {
            target = target.resolve(selected.place());
        }
        copy(selected.tree(), selected.name(), selected.entry(), target);
    }

    /**
     * Lays out what one word of {@code --parents} selected, each under its own path. A directory on the way that is there already
     * keeps its owner and takes the source's mode.
     */
    void placeWithParents(List<Selected> all, String destination) throws IOException {
        copy = new Object();
        EntryName top = draft.resolve(destination);
        makeDirectories(top);
        for (Selected selected : all) {
            for (LayerEntry parent : selected.parents()) {
                placeParent(parent, top.resolve(parent.name()));
            }
            copy(selected.tree(), selected.name(), selected.entry(), top.resolve(selected.place()));
        }
    }

    private void placeParent(LayerEntry parent, EntryName to) throws IOException {
        Optional<LayerEntry> there = draft.lookup(to);
        if (there.isEmpty()) {
            draft.put(dressed(parent, to), null, "");
        } else if (!there.get().isDirectory()) {
            throw new NotDirectoryException("/" + to + " exists and is not a directory");
        } else if (there.get().mode() != parent.mode()) {
            draft.put(there.get().withName(to).withMode(parent.mode()), null, "");
        }
    }

    private void makeDirectories(EntryName directory) throws IOException {
        draft.makeDirectories(directory, owner == null ? Owner.ROOT : owner, mode.applied(DIRECTORY_MODE, true));
    }

    private void copyChildren(SourceTree source, EntryName from, EntryName to) throws IOException {
        if (draft.vacant(to)) {
            draft.graft(new Graft(from, to, new Dressed(source, copy)));
            return;
        }
        for (EntryName child : source.children(from)) {
            Optional<LayerEntry> entry = source.lookup(child);
            if (entry.isPresent()) {
                copy(source, child, entry.get(), to.resolve(EntryName.of(child.lastComponent())));
            }
        }
    }

    private void copy(SourceTree source, EntryName from, LayerEntry entry, EntryName to) throws IOException {
        Optional<LayerEntry> there = draft.lookup(to);
        if (entry.isDirectory()) {
            if (there.isPresent() && !there.get().isDirectory()) {
                throw new NotDirectoryException("/" + to + " exists and is not a directory");
            }
            draft.put(dressed(entry, to), null, "");
            copyChildren(source, from, to);
            return;
        }
        if (there.isPresent() && there.get().isDirectory()) {
            throw new FileAlreadyExistsException("/" + to + " is a directory and cannot be replaced by a file");
        }
        draft.put(planned(source, from, entry, to, copy));
    }

    private Planned planned(SourceTree source, EntryName from, LayerEntry entry, EntryName to, Object copied)
            throws IOException {
        if (!entry.isFile()) {
            return new Planned(dressed(entry, to), null, "");
        }
        return new Planned(
                dressed(entry, to),
                () -> source.open(from),
                digests.ofFile(source, from) + (source.timesCount() ? " " + entry.mtime() : ""),
                source.hardLinkIdentity(from)
                        .map(identity -> new CopiedFile(copied, identity))
                        .orElse(null));
    }

    /** A source's files as they are to stand in the image, made one by one. */
    private final class Dressed implements Graft.Source {
        private final SourceTree source;
        private final Object copied;

        Dressed(SourceTree source, Object copied) {
            this.source = source;
            this.copied = copied;
        }

        @Override
        public List<EntryName> children(EntryName directory) throws IOException {
            return source.children(directory);
        }

        @Override
        public Optional<Planned> planned(EntryName name, EntryName to) throws IOException {
            Optional<LayerEntry> entry = source.lookup(name);
            return entry.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Placement.this.planned(source, name, entry.get(), to, copied));
        }
    }

    /** A source's entry as it is to stand in the image. */
    private LayerEntry dressed(LayerEntry entry, EntryName to) {
        LayerEntry renamed = entry.withName(to);
        LayerEntry owned = owner == null ? renamed : renamed.withOwner(owner.uid(), owner.gid());
        return entry.isSymlink() ? owned : owned.withMode(mode.applied(owned.mode(), entry.isDirectory()));
    }
}
