package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is laid out without being held gives the layer that it gives when it is held. */
class GraftTest {
    private static final Instant TIME = Instant.ofEpochSecond(7);

    /** Names whose order as a whole is not that of a walk: "a-b" stands between "a" and "a/b". */
    @Provide
    Arbitrary<List<String>> files() {
        Arbitrary<String> component = Arbitraries.of("a", "a-b", "a.b", "a0", "b", "-", "z");
        return component
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("/", parts))
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 150)
    void isVisitedInTheOrderOfItsNames(@ForAll("files") List<String> files) throws IOException {
        Tree tree = new Tree(files);
        List<EntryName> visited = new ArrayList<>();
        new Graft(EntryName.ROOT, EntryName.of("srv"), tree.asTheyAre())
                .visit(each -> visited.add(each.entry().name()));

        List<EntryName> expected = tree.entries.keySet().stream()
                .filter(name -> !name.isRoot())
                .map(name -> EntryName.of("srv").resolve(name))
                .sorted()
                .toList();
        assertThat(visited).isEqualTo(expected);
    }

    @Test
    void givesTheLayerOfTheSameSourceHeldInMemory(@TempDir Path folder) throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Tree tree = new Tree(List.of("a/b/file", "a-b/file", "a.b", "z/a", "z-/twin", "z/twin"));
            ImageTree nothing = ImageTree.of(store, List.of());
            DiffId lazy = written(draft(tree, nothing), store);
            LayerDraft held = draft(tree, nothing);
            EntryName within = EntryName.of("srv/z/a");
            held.remove(within); // a change within it
            assertThat(held.lookup(within)).isEmpty();
            held.put(tree.asTheyAre().planned(EntryName.of("z/a"), within).orElseThrow());

            assertThat(written(held, store)).isEqualTo(lazy);
        }
    }

    @Test
    void showsItsFilesBeforeTheyAreWritten(@TempDir Path folder) throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            LayerDraft draft = draft(new Tree(List.of("a/file")), ImageTree.of(store, List.of()));

            assertThat(draft.lookup(EntryName.of("srv/a/file")).orElseThrow().isFile())
                    .isTrue();
            assertThat(draft.lookup(EntryName.of("srv/b"))).isEmpty();
            assertThat(draft.vacant(EntryName.of("srv/a"))).isFalse();
            assertThat(draft.vacant(EntryName.of("srv-a"))).isTrue();
        }
    }

    @Test
    void keepsTheNamesOfOneFileTogether(@TempDir Path folder) throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            LayerDraft draft = draft(new Tree(List.of("z-/twin", "z/twin")), ImageTree.of(store, List.of()));
            List<String> twins = new ArrayList<>();
            draft.visit(each -> {
                if (each.entry().name().toString().endsWith("twin")) {
                    twins.add(
                            each.entry().name() + " " + new String(each.entry().linkTarget(), StandardCharsets.UTF_8));
                }
            });

            assertThat(twins).containsExactly("srv/z-/twin ", "srv/z/twin srv/z-/twin");
        }
    }

    /** COPY of the whole tree to /srv. */
    private static LayerDraft draft(Tree tree, ImageTree below) throws IOException {
        LayerDraft draft = new LayerDraft(below);
        Placement placement =
                new Placement(draft, new ContentDigest(DigestMemo.none()), null, (mode, directory) -> mode);
        for (SourceSelection.Selected root : SourceSelection.of(tree).select("/")) {
            placement.place(root, "/srv/");
        }
        return draft;
    }

    private static DiffId written(LayerDraft draft, ContentStore store) throws IOException {
        return draft.write(store, draft.newestTime().orElseThrow());
    }

    /** Files with their directories; those that are called twin are one file. */
    private static final class Tree implements SourceTree {
        private final TreeMap<EntryName, LayerEntry> entries = new TreeMap<>();

        Tree(List<String> files) {
            for (String file : files) {
                EntryName name = EntryName.of(file);
                if (!entries.containsKey(name) && files.stream().noneMatch(other -> other.startsWith(file + "/"))) {
                    entries.put(name, LayerEntry.file(name, 0644, 0, 0, content(name).length, TIME));
                }
                for (EntryName parent = name; !parent.isRoot(); ) {
                    parent = parent.parent();
                    entries.put(parent, LayerEntry.directory(parent, 0755, 0, 0, TIME));
                }
            }
            entries.put(EntryName.ROOT, LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, TIME));
        }

        private static byte[] content(EntryName name) {
            return name.lastComponent();
        }

        Graft.Source asTheyAre() {
            return new Graft.Source() {
                @Override
                public List<EntryName> children(EntryName directory) {
                    return Tree.this.children(directory);
                }

                @Override
                public Optional<LayerDraft.Planned> planned(EntryName name, EntryName to) throws IOException {
                    return lookup(name)
                            .map(entry -> new LayerDraft.Planned(
                                    entry.withName(to),
                                    entry.isFile() ? () -> Tree.this.open(name) : null,
                                    entry.isFile() ? name.toString() : ""));
                }
            };
        }

        @Override
        public Optional<LayerEntry> lookup(EntryName name) {
            return Optional.ofNullable(entries.get(name));
        }

        @Override
        public List<EntryName> children(EntryName directory) {
            return entries.keySet().stream()
                    .filter(name -> !name.isRoot() && name.parent().equals(directory))
                    .toList();
        }

        @Override
        public InputStream open(EntryName file) {
            return new ByteArrayInputStream(content(file));
        }

        @Override
        public Optional<Object> hardLinkIdentity(EntryName file) {
            return file.toString().endsWith("twin") ? Optional.of("twin") : Optional.empty();
        }
    }
}
