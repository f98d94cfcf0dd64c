package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.Layering;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquashTest {
    private static final Instant TIME = TestBuild.FILE_TIME;

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    /** A layer in the making, by name; a value of null is a whiteout. */
    private static final class Layer {
        private final TreeMap<EntryName, LayerEntry> entries = new TreeMap<>();
        private final Map<EntryName, String> contents = new TreeMap<>();

        Layer() {
            directory("");
        }

        Layer directory(String name) {
            EntryName at = EntryName.of(name);
            entries.put(at, LayerEntry.directory(at, 0750, 1, 2, TIME));
            return this;
        }

        Layer file(String name, String content) {
            EntryName at = EntryName.of(name);
            entries.put(at, LayerEntry.file(at, 04711, 3, 4, content.length(), TIME));
            contents.put(at, content);
            return this;
        }

        Layer link(String name, String target) {
            EntryName at = EntryName.of(name);
            LayerEntry first = entries.get(EntryName.of(target));
            entries.put(at, first.withName(at).asHardLinkTo(EntryName.of(target)));
            return this;
        }

        Layer symlink(String name, String target) {
            EntryName at = EntryName.of(name);
            entries.put(at, LayerEntry.symlink(at, 0, 0, target.getBytes(UTF_8), TIME));
            return this;
        }

        Layer without(String name) {
            EntryName marker = Whiteout.markerFor(EntryName.of(name));
            entries.put(marker, LayerEntry.file(marker, 0, 0, 0, 0, TIME));
            contents.put(marker, "");
            return this;
        }

        DiffId in(TestBuild build) throws IOException {
            try (LayerSink sink = build.store.newLayer()) {
                for (LayerEntry entry : entries.values()) {
                    if (entry.isFile()) {
                        String content = contents.getOrDefault(entry.name(), "");
                        sink.write(entry, () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
                    } else {
                        sink.write(entry);
                    }
                }
                return sink.commit();
            }
        }
    }

    private ImageDraft draft(int ofBase, Layer... layers) throws IOException {
        List<DiffId> ids = new ArrayList<>();
        List<History> lines = new ArrayList<>();
        for (Layer layer : layers) {
            ids.add(layer.in(build));
            lines.add(new History(TIME, "step " + lines.size(), "", "", false));
        }
        ImageConfig base = new ImageConfig(
                TestBuild.PLATFORM, "", TIME, ContainerConfig.EMPTY, ids.subList(0, ofBase), lines.subList(0, ofBase));
        ImageDraft image = ImageDraft.of(base, Map.of());
        return image.withLayers(image.base(), ids, lines);
    }

    private Squash squash() {
        return new Squash(build.store, new StepCache(build.store));
    }

    private Map<String, String> files(ImageDraft image) throws IOException {
        return build.files(image.toConfig());
    }

    @Test
    void whatTheBaseHasAndALayerRemovedIsRemovedAndNothingElse() throws Exception {
        ImageDraft image = draft(
                1,
                new Layer()
                        .directory("d")
                        .file("d/old", "1")
                        .file("d/kept", "2")
                        .file("gone", "3"),
                new Layer().directory("d").without("d/old").file("d/new", "4"),
                new Layer().directory("d").without("d/new").without("gone"));

        ImageDraft one = squash().aboveBase(image);

        assertThat(one.layers()).hasSize(2).startsWith(image.layers().get(0));
        assertThat(files(one)).isEqualTo(files(image)).containsOnlyKeys("d", "d/kept");
        assertThat(build.store.index(one.layers().get(1)).orElseThrow().size()).isEqualTo(4); // root, d, two markers
    }

    @Test
    void aDirectoryThatWasRemovedAndMadeAgainShowsNothingOfTheBase() throws Exception {
        ImageDraft image = draft(
                1,
                new Layer().directory("d").file("d/a", "1").directory("d/sub").file("d/sub/b", "2"),
                new Layer().without("d"),
                new Layer().directory("d").file("d/c", "3"));

        assertThat(files(squash().aboveBase(image))).isEqualTo(files(image)).containsOnlyKeys("d", "d/c");
    }

    @Test
    void hardLinksStayLinks() throws Exception {
        ImageDraft image =
                draft(1, new Layer(), new Layer().file("b", "x").link("c", "b"), new Layer().file("other", "y"));

        ImageDraft one = squash().all(image);

        ImageTree tree = ImageTree.of(build.store, one.layers());
        assertThat(one.layers()).hasSize(1);
        assertThat(tree.hardLinkIdentity(EntryName.of("b")))
                .isPresent()
                .isEqualTo(tree.hardLinkIdentity(EntryName.of("c")));
    }

    @Test
    void theHistoryKeepsItsLinesAndOneOfThemMadeTheLayer() throws Exception {
        ImageConfig image = build.file("a", "a")
                .file("b", "b")
                .options(ImageOptions.DEFAULT.withLayering(Layering.ONE_IN_ALL))
                .build("FROM scratch", "COPY a /", "COPY b /", "ENV x=y");

        assertThat(image.diffIds()).hasSize(1);
        assertThat(image.history().stream().map(History::emptyLayer)).containsExactly(true, false, true);
        assertThat(build.files(image)).containsOnlyKeys("a", "b");
    }

    @Test
    void anImageOfOneLayerStaysWhatItIs() throws Exception {
        ImageConfig plain = build.file("a", "a").build("FROM scratch", "COPY a /");

        assertThat(build.options(ImageOptions.DEFAULT.withLayering(Layering.ONE_ABOVE_BASE))
                        .build("FROM scratch", "COPY a /"))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverTheLayersDoTheSquashedImageShowsTheSameFiles(long seed) throws Exception {
        Random random = new Random(seed);
        Layer[] layers = new Layer[2 + random.nextInt(4)];
        ImageDraft sofar = draft(0);
        for (int i = 0; i < layers.length; i++) {
            layers[i] = randomLayer(random, files(sofar));
            sofar = draft(0, java.util.Arrays.copyOf(layers, i + 1));
        }
        for (int base = 0; base < layers.length; base++) {
            ImageDraft image = draft(base, layers);

            assertThat(files(squash().aboveBase(image)))
                    .as("%d of the base", base)
                    .isEqualTo(files(image));
            assertThat(files(squash().all(image))).isEqualTo(files(image));
        }
    }

    /** Changes at a few places of a small tree; parents are there, as every layer of ours has them. */
    private static Layer randomLayer(Random random, Map<String, String> there) {
        Layer layer = new Layer();
        for (String top : List.of("a", "b", "c")) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (there.containsKey(top)) {
                        layer.without(top);
                    }
                }
                case 1 -> layer.file(top, "f" + random.nextInt(9));
                case 2 -> layer.symlink(top, "b/x");
                case 3 -> {
                    layer.directory(top);
                    for (String leaf : List.of("x", "y", "z")) {
                        String name = top + "/" + leaf;
                        if (random.nextBoolean()) {
                            layer.file(name, "l" + random.nextInt(9));
                        } else if (there.containsKey(name) && random.nextBoolean()) {
                            layer.without(name);
                        }
                    }
                }
                default -> {}
            }
        }
        return layer;
    }
}
