package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.build.LayerDraft.Planned;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.NoMatch;
import org.jbuildah.engine.context.SourceSelection.Selected;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.SymlinkWalk;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.tree.ImageTree;

/**
 * A file or directory that a mount shows, of a stage, an image or a context. Those of a context become a layer, once for each content, so
 * that the process sees them as every other file of an image: with root as owner, and as they were when the build began.
 *
 * @param layers of the stage or image; empty where {@code tree} is a context
 * @param source where it is in the tree, symlinks followed
 */
record BoundFiles(SourceTree tree, Optional<List<DiffId>> layers, EntryName source, LayerEntry entry) {
    private static final int DIRECTORY_MODE = 0755;

    /**
     * Looks a source up.
     *
     * @param path in the tree, as written
     * @param from as written; empty for the context
     */
    static BoundFiles find(String path, String from, StepTools tools) throws IOException, InterruptedException {
        SourceTree tree = from.equals("scratch") ? ImageTree.of(tools.store(), List.of()) : tools.source(from);
        EntryName source = new SymlinkWalk(tree::lookup)
                .resolve(ImagePath.absolute("/", path).getBytes(StandardCharsets.UTF_8));
        Optional<List<DiffId>> layers =
                tree instanceof ImageTree image ? Optional.of(image.layers()) : Optional.empty();
        LayerEntry root = LayerEntry.directory(EntryName.ROOT, DIRECTORY_MODE, 0, 0, Instant.EPOCH);
        Optional<LayerEntry> entry = source.isRoot() ? Optional.of(root) : tree.lookup(source);
        if (entry.isEmpty()) {
            throw missing(path, from, tree);
        }
        return new BoundFiles(tree, layers, source, entry.get());
    }

    private static StepFailed missing(String path, String from, SourceTree tree) throws IOException {
        Optional<NoMatch> found = tree.explain(path);
        if (found.isPresent()) {
            NoMatch why = found.get();
            return new StepFailed(
                    FailureCode.MOUNT_SOURCE_MISSING,
                    "RUN --mount found no \"" + path + "\" in the build context. " + why.what(),
                    why.remedy());
        }
        return new StepFailed(
                FailureCode.MOUNT_SOURCE_MISSING,
                "RUN --mount found no \"" + path + "\" in \"" + from + "\".",
                "Check the spelling, and that the stage makes it.");
    }

    boolean isDirectory() {
        return entry.isDirectory();
    }

    /** What tells these files from others: the layers they are in, or all names, owners, modes and contents, but no time. */
    List<String> key(StepTools tools) throws IOException {
        return layers.isPresent()
                ? layers.get().stream().map(DiffId::toString).toList()
                : List.of(contentDigest(tools));
    }

    private String contentDigest(StepTools tools) throws IOException {
        Selected all = new Selected(tree, source, entry, EntryName.ROOT, List.of(), false);
        return tools.digests().of(List.of(all), UnaryOperator.identity()).toString();
    }

    /** The layers that hold it; one is written now, unless the store has it. */
    List<DiffId> layers(StepTools tools) throws IOException {
        if (layers.isPresent()) {
            return layers.get();
        }
        StepCache cache = new StepCache(tools.store());
        StepKey key = StepKey.of("bind")
                .with("source", HexFormat.of().formatHex(source.bytes()))
                .with("content", contentDigest(tools))
                .key();
        Optional<StepRecord> known = cache.find(key);
        if (known.isPresent()) {
            return List.of(known.get().layer());
        }
        StepRecord made = write(tools.store());
        cache.remember(key, made);
        return List.of(made.layer());
    }

    private StepRecord write(ContentStore store) throws IOException {
        LayerDraft draft = new LayerDraft(ImageTree.of(store, List.of()));
        AsTheyAre files = new AsTheyAre(tree);
        draft.put(files.planned(source, entry));
        if (entry.isDirectory()) {
            draft.graft(new Graft(source, source, files));
        }
        Instant newest = draft.newestTime().orElse(Instant.EPOCH);
        return new StepRecord(draft.write(store, newest), newest);
    }

    /** The files of a tree under their own names. */
    private record AsTheyAre(SourceTree tree) implements Graft.Source {
        @Override
        public List<EntryName> children(EntryName directory) throws IOException {
            return tree.children(directory);
        }

        @Override
        public Optional<Planned> planned(EntryName name, EntryName to) throws IOException {
            Optional<LayerEntry> entry = tree.lookup(name);
            return entry.isEmpty() ? Optional.empty() : Optional.of(planned(name, entry.get()));
        }

        Planned planned(EntryName name, LayerEntry entry) throws IOException {
            return entry.isFile()
                    ? new Planned(
                            entry,
                            () -> tree.open(name),
                            "",
                            tree.hardLinkIdentity(name).orElse(null))
                    : new Planned(entry, null, "");
        }
    }
}
