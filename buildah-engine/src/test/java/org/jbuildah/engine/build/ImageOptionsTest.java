package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOptionsTest {
    private static final String CREATED = "org.opencontainers.image.created";
    private static final Instant EPOCH = Instant.parse("2021-01-01T00:00:00Z");
    private static final ImageTimes CLAMPED = new ImageTimes.SourceDateEpoch(EPOCH, true);

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder.resolve("one"));
        ContainerConfig base = ContainerConfig.EMPTY
                .with()
                .env(List.of("PATH=/bin", "OLD=1"))
                .labels(new TreeMap<>(Map.of("base", "b", "both", "b")))
                .build();
        build.image("base", base, List.of(LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, TestBuild.RUN_TIME)));
    }

    @AfterEach
    void close() {
        build.close();
    }

    private static ImageOptions options() {
        return ImageOptions.DEFAULT;
    }

    @Test
    void labelsOfTheRequestComeAfterTheDockerfilesAndUnsetOnesAreGone() throws Exception {
        Edits edits = new Edits(true, Set.of("base"), Map.of("both", "request"));

        ImageConfig image = build.options(options().withLabels(edits)).build("FROM base", "LABEL both=file own=file");

        assertThat(image.container().labels()).containsOnly(Map.entry("both", "request"), Map.entry("own", "file"));
    }

    @Test
    void withoutInheritanceAStageBeginsWithoutLabels() throws Exception {
        Edits edits = new Edits(false, Set.of(), Map.of());

        ImageConfig image = build.options(options().withLabels(edits))
                .build("FROM base AS one", "LABEL one=1", "FROM one", "LABEL two=2");

        assertThat(image.container().labels()).containsOnly(Map.entry("two", "2"));
    }

    @Test
    void variablesAreThereForRunAndAnEnvOverridesThem() throws Exception {
        Edits edits = new Edits(true, Set.of("OLD"), Map.of("A", "request", "B", "request"));

        ImageConfig image = build.options(options().withEnvironment(edits))
                .build("FROM base AS one", "ENV B=file", "FROM one", "RUN x");

        assertThat(build.rootfs.processes.get(0).environment()).contains("A=request", "B=file", "OLD=1");
        assertThat(image.container().env()).containsExactlyInAnyOrder("PATH=/bin", "A=request", "B=file");
    }

    @Test
    void annotationsAreInheritedUnlessTheyAreUnsetOrToldOfTheBaseAlone() throws Exception {
        build.baseAnnotations(Map.of("vendor", "v", "url", "u", CREATED, "then"));

        assertThat(build.options(options().withAnnotations(new Edits(true, Set.of("url"), Map.of("own", "o"))))
                        .built("FROM base")
                        .annotations())
                .containsOnly(Map.entry("vendor", "v"), Map.entry("own", "o"));
        assertThat(build.options(options()
                                .withAnnotations(new Edits(false, Set.of(), Map.of()))
                                .withCreatedAnnotation(true))
                        .built("FROM base")
                        .annotations())
                .containsOnly(Map.entry(CREATED, "2020-01-02T03:04:05Z"));
    }

    @Test
    void theEpochDatesWhatTheBuildMadeAndLeavesTheBase() throws Exception {
        ImageConfig image = build.options(options().withTimes(CLAMPED)).build("FROM base", "ENV a=b", "RUN x");

        assertThat(image.created()).isEqualTo(EPOCH);
        assertThat(image.history().stream().map(History::created)).containsExactly(TestBuild.FILE_TIME, EPOCH, EPOCH);
        assertThat(time(image.diffIds().subList(0, 1), "")).isEqualTo(TestBuild.RUN_TIME);
        assertThat(time(image.diffIds(), "ran")).isEqualTo(EPOCH);
    }

    @Test
    void clampingLeavesWhatIsOlderAndATimestampDoesNot() throws Exception {
        build.file("old", "o");

        ImageConfig clamped = build.options(options().withTimes(CLAMPED)).build("FROM scratch", "COPY old /");
        ImageConfig exact = build.options(options().withTimes(new ImageTimes.Exactly(EPOCH)))
                .build("FROM scratch", "COPY old /");

        assertThat(time(clamped.diffIds(), "old")).isEqualTo(TestBuild.FILE_TIME);
        assertThat(time(exact.diffIds(), "old")).isEqualTo(EPOCH);
    }

    private Instant time(List<DiffId> layers, String name) throws IOException {
        return ImageTree.of(build.store, layers)
                .lookup(EntryName.of(name))
                .orElseThrow()
                .mtime();
    }

    @Test
    void withAnEpochEqualInputsGiveEqualBytesInAnyStoreAtAnyTime() throws Exception {
        String[] lines = {
            "FROM scratch AS one", "COPY a /d/", "RUN make", "FROM one", "WORKDIR /w", "COPY --from=one /ran /d/"
        };
        build.file("a", "a").options(options().withTimes(CLAMPED));
        try (TestBuild other = new TestBuild(folder.resolve("two"))) {
            other.file("a", "a").options(options().withTimes(CLAMPED)).at(TestBuild.RUN_TIME.plusSeconds(5_000_000));

            ImageConfig first = build.build(lines);
            ImageConfig second = other.build(lines);

            assertThat(Json.write(second)).isEqualTo(Json.write(first));
            for (DiffId layer : first.diffIds()) {
                assertThat(other.store.wholeTar(layer)).hasSameContentAs(build.store.wholeTar(layer));
            }
            assertThat(build.options(options()).build(lines))
                    .isNotEqualTo(other.options(options()).build(lines));
        }
    }

    @Test
    void theHistoryIsLeftOutOnRequest() throws Exception {
        ImageConfig image = build.options(options().withHistory(false)).build("FROM base", "ENV a=b");

        assertThat(image.history()).isEmpty();
        assertThat(image.container().env()).contains("a=b");
    }

    @Test
    void aRunSeesCopiedFilesWithTheTimesOfTheFinishedImage() throws Exception {
        build.file("app.jar", "jar");

        ImageConfig image = build.options(options().withTimes(CLAMPED))
                .build("FROM scratch", "WORKDIR /app", "COPY app.jar .", "RUN train");

        // a class archive that the RUN makes names the time of the jar that it saw
        assertThat(build.rootfs.prepared).containsExactly(image.diffIds().subList(0, 2));
    }

    @Test
    void aRebuildFromTheCacheWithAnotherDateRunsNothing() throws Exception {
        build.options(options().withTimes(CLAMPED)).build("FROM scratch", "RUN x");

        ImageConfig image = build.options(
                        options().withTimes(new ImageTimes.SourceDateEpoch(EPOCH.plusSeconds(1), true)))
                .build("FROM scratch", "RUN x");

        assertThat(build.rootfs.processes).hasSize(1);
        assertThat(image.created()).isEqualTo(EPOCH.plusSeconds(1));
    }
}
