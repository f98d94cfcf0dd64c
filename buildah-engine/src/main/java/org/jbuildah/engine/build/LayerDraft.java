package org.jbuildah.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.layer.SymlinkWalk;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.tree.ImageTree;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is being thought out: entries laid over an image's files, nothing written yet.
 *
 * <p>Law: what is written holds every parent directory of its entries, with the metadata that the image shows for it, or, if the
 * draft itself creates it, with the newest time of what the draft writes.
 */
final class LayerDraft {
    /**
     * An entry and where its content comes from.
     *
     * @param contentDigest what tells this content from others in a cache key; empty where there is none
     * @param file equal for the names of one file, which are to be hard links of each other; null for a file with one name
     */
    record Planned(LayerEntry entry, @Nullable LayerSource content, String contentDigest, @Nullable Object file) {
        Planned(LayerEntry entry, @Nullable LayerSource content, String contentDigest) {
            this(entry, content, contentDigest, null);
        }
    }

    /** No name in a directory sorts before it. */
    private static final EntryName FIRST = EntryName.of(new byte[] {1});

    private final ImageTree below;
    private final ImageTimes times;
    private final TreeMap<EntryName, Planned> planned = new TreeMap<>();
    private final Set<EntryName> created = new HashSet<>();
    private final List<Graft> grafts = new ArrayList<>();
    private @Nullable Newest newest;

    /** The newest time of what is written, as the last whole visit found it. */
    private record Newest(Optional<Instant> time) {}

    LayerDraft(ImageTree below) {
        this(below, ImageTimes.AS_MADE);
    }

    /** @param times of the files as they are written: a later RUN must see those that the finished image has */
    LayerDraft(ImageTree below, ImageTimes times) {
        this.below = below;
        this.times = times;
    }

    ImageTimes times() {
        return times;
    }

    /** What stands under a name once the layer is laid on: the draft's entry, else the image's. */
    Optional<LayerEntry> lookup(EntryName name) throws IOException {
        Planned own = planned.get(name);
        if (own != null) {
            return Optional.of(own.entry());
        }
        for (Graft graft : grafts) {
            if (graft.covers(name)) {
                return graft.lookup(name).map(Planned::entry);
            }
        }
        return below.lookup(name);
    }

    /** The name that a path stands for, symlinks followed within the image, those of the draft included. */
    EntryName resolve(String path) throws IOException {
        return new SymlinkWalk(this::lookup).resolve(path.getBytes(StandardCharsets.UTF_8));
    }

    void put(LayerEntry entry, @Nullable LayerSource content, String contentDigest) throws IOException {
        put(new Planned(entry, content, contentDigest));
    }

    void put(Planned entry) throws IOException {
        EntryName name = entry.entry().name();
        holdInMemory(graft -> graft.covers(name));
        planned.put(name, entry);
        created.remove(name);
        newest = null;
    }

    /** Lays a directory out below one in which nothing is, neither in the image nor in the draft: see {@link #vacant}. */
    void graft(Graft graft) {
        grafts.add(graft);
        newest = null;
    }

    /** Whether nothing stands below a directory. */
    boolean vacant(EntryName directory) throws IOException {
        EntryName first = planned.ceilingKey(directory.resolve(FIRST));
        if (first != null && first.isWithin(directory)) {
            return false;
        }
        if (grafts.stream().anyMatch(graft -> graft.overlaps(directory))) {
            return false;
        }
        Optional<LayerEntry> there = below.lookup(directory);
        if (there.isEmpty()) {
            return true;
        }
        return there.get().isDirectory() && below.children(directory).isEmpty();
    }

    /** What is to be changed within has to be held entry by entry. */
    private void holdInMemory(Predicate<Graft> concerned) throws IOException {
        for (Graft graft : List.copyOf(grafts)) {
            if (concerned.test(graft)) {
                grafts.remove(graft);
                graft.visit(each -> planned.put(each.entry().name(), each));
            }
        }
    }

    /** Takes back what the draft itself put under a name and below it, which something else is to replace. */
    void remove(EntryName name) throws IOException {
        holdInMemory(graft -> graft.overlaps(name));
        planned.keySet().removeIf(other -> other.isWithin(name));
        created.removeIf(other -> other.isWithin(name));
        newest = null;
    }

    /**
     * Gives a file of the draft a further name. A file of the image below is taken into the draft first, since a layer's hard links
     * stay within the layer.
     */
    void link(EntryName name, EntryName target) throws IOException {
        holdInMemory(graft -> graft.covers(target));
        if (!planned.containsKey(target)) {
            LayerEntry there = below.lookup(target).orElseThrow();
            put(there.withName(target), there.isFile() ? () -> below.open(target) : null, "below:" + target);
        }
        LayerEntry entry = lookup(target).orElseThrow();
        if (entry.type() == EntryType.HARD_LINK) {
            link(name, EntryName.of(entry.linkTarget()));
        } else if (entry.isFile()) {
            put(entry.withName(name).asHardLinkTo(target), null, "link:" + target);
        } else {
            put(entry.withName(name), null, "");
        }
    }

    /** Removes what the image below shows under a name. The law of the parents is the caller's: the directory has to be put as well. */
    void whiteout(EntryName name) throws IOException {
        LayerEntry marker = LayerEntry.file(Whiteout.markerFor(name), 0, 0, 0, 0, Instant.EPOCH);
        put(marker, InputStream::nullInputStream, "");
    }

    /**
     * Makes a directory and those above it that are missing.
     *
     * @throws NotDirectoryException if something else stands in the way
     */
    void makeDirectories(EntryName directory, Owner owner, int mode) throws IOException {
        Optional<LayerEntry> there = lookup(directory);
        if (there.isPresent() || directory.isRoot()) {
            if (there.isPresent() && !there.get().isDirectory()) {
                throw new java.nio.file.NotDirectoryException("/" + directory + " exists and is not a directory");
            }
            return;
        }
        makeDirectories(directory.parent(), owner, mode);
        put(LayerEntry.directory(directory, mode, owner.uid(), owner.gid(), Instant.EPOCH), null, "");
        created.add(directory);
    }

    /** Visits the entries, sorted, without the parents that {@link #write} adds. */
    void visit(Graft.Visitor visitor) throws IOException {
        visit(planned, visitor);
    }

    private void visit(SortedMap<EntryName, Planned> entries, Graft.Visitor visitor) throws IOException {
        Instant[] latest = {null};
        Map<Object, EntryName> firsts = new HashMap<>();
        Graft.Visitor linking = each -> {
            if (!created.contains(each.entry().name()) && entryIsNewer(each.entry(), latest[0])) {
                latest[0] = each.entry().mtime();
            }
            visitor.visit(linked(each, firsts));
        };
        Deque<Graft> waiting = new ArrayDeque<>(sortedGrafts());
        for (Planned each : entries.values()) {
            while (!waiting.isEmpty() && waiting.peek().precedes(each.entry().name())) {
                waiting.remove().visit(linking);
            }
            linking.visit(each);
        }
        for (Graft graft : waiting) {
            graft.visit(linking);
        }
        newest = new Newest(Optional.ofNullable(latest[0]));
    }

    private List<Graft> sortedGrafts() {
        // they do not overlap, so that none of them precedes another and is preceded by it
        return grafts.stream()
                .sorted((one, other) -> one.precedes(other.to()) ? -1 : 1)
                .toList();
    }

    private static boolean entryIsNewer(LayerEntry entry, @Nullable Instant than) {
        return than == null || entry.mtime().isAfter(than);
    }

    /** Of several names of one file, the first has the content. */
    private static Planned linked(Planned each, Map<Object, EntryName> firsts) {
        if (each.file() == null) {
            return each;
        }
        EntryName first = firsts.putIfAbsent(each.file(), each.entry().name());
        return first == null ? each : new Planned(each.entry().asHardLinkTo(first), null, first.toString());
    }

    /** The newest time of what is written, but for the directories that the draft makes; empty if there is nothing else. */
    Optional<Instant> newestTime() throws IOException {
        if (newest == null) {
            visit(planned, each -> {});
        }
        return newest == null ? Optional.empty() : newest.time();
    }

    /** Writes the layer; {@code creation} is the time of the directories that the draft makes. */
    DiffId write(ContentStore store, Instant creation) throws IOException {
        TreeMap<EntryName, Planned> all = new TreeMap<>(planned);
        contentFirst(all);
        for (EntryName name : planned.keySet()) {
            addParents(name, all, creation);
        }
        for (Graft graft : grafts) {
            addParents(graft.to().resolve(FIRST), all, creation);
        }
        try (LayerSink sink = store.newLayer()) {
            visit(all, each -> {
                Instant changed = created.contains(each.entry().name())
                        ? creation
                        : each.entry().mtime();
                LayerEntry entry = each.entry().withMtime(times.ofFile(changed));
                if (each.content() == null) {
                    sink.write(entry);
                } else {
                    sink.write(entry, each.content());
                }
            });
            return sink.commit();
        }
    }

    private void addParents(EntryName name, Map<EntryName, Planned> all, Instant creation) throws IOException {
        for (EntryName parent = name.parent(); !name.isRoot(); parent = parent.parent()) {
            if (!all.containsKey(parent)) {
                LayerEntry there = below.lookup(parent).orElse(LayerEntry.directory(parent, 0755, 0, 0, creation));
                all.put(parent, new Planned(there.withName(parent), null, ""));
            }
            if (parent.isRoot()) {
                break;
            }
        }
    }

    /** Of several names of one file, the first in the layer is to have the content: a link must not come before what it names. */
    private static void contentFirst(Map<EntryName, Planned> all) {
        Map<EntryName, EntryName> firsts = new HashMap<>();
        for (Planned each : List.copyOf(all.values())) {
            LayerEntry entry = each.entry();
            if (entry.type() != EntryType.HARD_LINK) {
                continue;
            }
            EntryName target = EntryName.of(entry.linkTarget());
            EntryName first = firsts.get(target);
            if (first == null && entry.name().compareTo(target) < 0) {
                Planned content = all.get(target);
                if (content == null) {
                    continue;
                }
                all.put(
                        entry.name(),
                        new Planned(
                                content.entry().withName(entry.name()), content.content(), content.contentDigest()));
                all.put(target, new Planned(content.entry().asHardLinkTo(entry.name()), null, ""));
                firsts.put(target, entry.name());
            } else if (first != null) {
                all.put(entry.name(), new Planned(entry.asHardLinkTo(first), null, ""));
            }
        }
    }
}
