package org.jbuildah.engine.tree;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex.Indexed;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.tree.MergedEntry.Directory;
import org.jbuildah.engine.tree.MergedEntry.Leaf;
import org.jbuildah.engine.tree.MergedEntry.Part;
import org.jspecify.annotations.Nullable;

/**
 * A stack of layers seen as one tree, asked name by name.
 *
 * <p>Laws: the topmost layer that knows a name decides it; directories merge; a whiteout or an opaque marker acts on the layers below its
 * own; what lies below a name that a higher layer made something else than a directory is hidden. A directory that no layer has an entry
 * for is 0755, 0:0, of 1970; a symlink below gives it its place instead (see {@link StackedLayer}).
 */
final class MergedLayers {
    private static final int REMEMBERED_DIRECTORIES = 4096;

    private final List<StackedLayer> topmostFirst;
    private final Map<EntryName, Optional<Directory>> directories =
            Collections.synchronizedMap(new RecentDirectories());

    MergedLayers(List<StackedLayer> lowestFirst) {
        List<StackedLayer> reversed = new ArrayList<>(lowestFirst);
        Collections.reverse(reversed);
        this.topmostFirst = List.copyOf(reversed);
    }

    int size() {
        return topmostFirst.size();
    }

    List<StackedLayer> topmostFirst() {
        return topmostFirst;
    }

    Optional<MergedEntry> find(EntryName name) throws IOException {
        if (name.isRoot()) {
            return Optional.of(root());
        }
        if (Whiteout.isMarker(name)) {
            return Optional.empty();
        }
        Optional<Directory> parent = directory(name.parent());
        return parent.isEmpty() ? Optional.empty() : Optional.ofNullable(merge(name, candidates(parent.get(), name)));
    }

    /** The names inside of a directory, sorted; none where there is no directory. */
    List<EntryName> children(EntryName directory) throws IOException {
        Optional<Directory> merged = directory(directory);
        Set<EntryName> visible = new TreeSet<>();
        Set<EntryName> removed = new HashSet<>();
        for (Part part : merged.map(Directory::parts).orElse(List.of())) {
            List<EntryName> removedHere = new ArrayList<>();
            for (EntryName own : part.layer().index().childNames(part.name())) {
                EntryName name = directory.resolve(EntryName.of(own.lastComponent()));
                if (Whiteout.isMarker(own)) {
                    Whiteout.removedBy(name).ifPresent(removedHere::add);
                } else if (!removed.contains(name)
                        && (!part.layer().isMoved(own)
                                || part.layer().index().find(own).isPresent())) {
                    visible.add(name);
                }
            }
            removed.addAll(removedHere);
        }
        return List.copyOf(visible);
    }

    private Optional<Directory> directory(EntryName name) throws IOException {
        Optional<Directory> known = directories.get(name);
        if (known == null) {
            known = find(name).filter(Directory.class::isInstance).map(Directory.class::cast);
            directories.put(name, known);
        }
        return known;
    }

    private Directory root() throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (StackedLayer layer : topmostFirst) {
            candidates.add(new Candidate(layer, EntryName.ROOT, false));
        }
        addMoved(EntryName.ROOT, candidates);
        List<Part> parts = new ArrayList<>();
        LayerEntry metadata = null;
        boolean open = true;
        for (Candidate candidate : candidates) {
            StackedLayer layer = candidate.layer();
            Optional<Indexed> found =
                    candidate.contentsOnly() ? Optional.empty() : layer.index().find(EntryName.ROOT);
            metadata = metadata == null && found.isPresent() ? found.get().entry() : metadata;
            if (open) {
                parts.add(new Part(layer, candidate.own()));
                open = !layer.isOpaque(candidate.own());
            }
        }
        return directory(EntryName.ROOT, metadata, parts);
    }

    /** A name in a layer that may have to say something; of a moved directory only what it holds counts. */
    private record Candidate(StackedLayer layer, EntryName own, boolean contentsOnly) {}

    private List<Candidate> candidates(Directory parent, EntryName name) {
        EntryName last = EntryName.of(name.lastComponent());
        List<Candidate> candidates = new ArrayList<>();
        for (Part part : parent.parts()) {
            candidates.add(new Candidate(part.layer(), part.name().resolve(last), false));
        }
        addMoved(name, candidates);
        return candidates;
    }

    private void addMoved(EntryName name, List<Candidate> candidates) {
        int natural = candidates.size();
        for (StackedLayer layer : topmostFirst) {
            for (EntryName own : layer.movedTo(name)) {
                candidates.add(new Candidate(layer, own, true));
            }
        }
        if (candidates.size() > natural) { // stable: a layer's own entry stays before what moved there
            candidates.sort(
                    Comparator.comparingInt(candidate -> -candidate.layer().place()));
        }
    }

    private static @Nullable MergedEntry merge(EntryName name, List<Candidate> candidates) throws IOException {
        List<Part> parts = new ArrayList<>();
        LayerEntry metadata = null;
        int closedBy = -1; // the place of the layer below which nothing is seen any more
        int opaqueFrom = -1; // the place of the layer below which contents are hidden, but not yet the metadata
        for (Candidate candidate : candidates) {
            StackedLayer layer = candidate.layer();
            EntryName own = candidate.own();
            if (layer.place() < closedBy) {
                break;
            }
            Optional<Indexed> found =
                    candidate.contentsOnly() ? Optional.empty() : layer.index().find(own);
            if (found.isPresent() && !found.get().entry().isDirectory()) {
                LayerEntry entry = found.get().entry();
                if (metadata == null && (parts.isEmpty() || entry.isSymlink())) {
                    return new Leaf(entry.withName(name), layer, found.get());
                }
                break; // a directory above hides it
            }
            if (found.isPresent() && metadata == null) {
                metadata = found.get().entry();
            }
            if (found.isPresent() || candidate.contentsOnly() || layer.implies(own)) {
                if (layer.place() >= opaqueFrom) {
                    parts.add(new Part(layer, own));
                }
                opaqueFrom = layer.isOpaque(own) ? Math.max(opaqueFrom, layer.place()) : opaqueFrom;
            }
            if (!candidate.contentsOnly() && layer.removes(own)) {
                closedBy = Math.max(closedBy, layer.place());
            }
        }
        return parts.isEmpty() ? null : directory(name, metadata, parts);
    }

    private static Directory directory(EntryName name, @Nullable LayerEntry metadata, List<Part> parts) {
        LayerEntry entry =
                metadata == null ? LayerEntry.directory(name, 0755, 0, 0, Instant.EPOCH) : metadata.withName(name);
        return new Directory(entry, List.copyOf(parts));
    }

    /** Bounded: an image may have more directories than memory. */
    private static final class RecentDirectories extends LinkedHashMap<EntryName, Optional<Directory>> {
        private static final long serialVersionUID = 1;

        RecentDirectories() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryName, Optional<Directory>> eldest) {
            return size() > REMEMBERED_DIRECTORIES;
        }
    }
}
