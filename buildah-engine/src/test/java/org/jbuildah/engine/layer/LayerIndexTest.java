package org.jbuildah.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jbuildah.engine.layer.LayerEntries.Filled;
import org.jbuildah.engine.layer.LayerIndex.Indexed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerIndexTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 5);

    @TempDir
    Path folder;

    @Provide
    Arbitrary<List<Filled>> layers() {
        return LayerEntries.sorted();
    }

    @Property(tries = 100)
    void everyEntryIsFoundAsItWasAdded(@ForAll("layers") List<Filled> layer) throws IOException {
        Path scratch = Files.createTempDirectory("index-test");
        List<Filled> shuffled = new ArrayList<>(layer);
        Collections.shuffle(shuffled, new Random(1));
        try (LayerIndex.Builder builder = new LayerIndex.Builder(scratch)) {
            for (Filled filled : shuffled) {
                builder.add(filled.entry(), filled.entry().size() - 1);
            }
            builder.writeTo(scratch.resolve("x"));
        }
        try (LayerIndex index = LayerIndex.open(scratch.resolve("x"))) {
            List<LayerEntry> all = new ArrayList<>();
            index.forEach(indexed -> all.add(indexed.entry()));
            assertThat(all).isEqualTo(layer.stream().map(Filled::entry).toList());
            for (Filled filled : layer) {
                LayerEntry entry = filled.entry();
                assertThat(index.find(entry.name())).contains(new Indexed(entry, entry.size() - 1));
                assertThat(index.children(entry.name().parent())).contains(new Indexed(entry, entry.size() - 1));
                assertThat(index.childNames(entry.name().parent())).contains(entry.name());
            }
        } finally {
            Files.delete(scratch.resolve("x"));
            Files.delete(scratch); // fails unless the builder cleaned up
        }
    }

    @Test
    void childrenAreThoseOfTheDirectoryAlone() throws IOException {
        LayerIndex index = index(
                directory("a"),
                file("a-b"),
                directory("a/b"),
                file("a/b-x"),
                file("a/b/c"),
                file("a/b/c2"),
                file("ab"));

        assertThat(index.children(EntryName.of("a")))
                .extracting(child -> child.entry().name().toString())
                .containsExactly("a/b", "a/b-x");
        assertThat(index.children(EntryName.ROOT))
                .extracting(child -> child.entry().name().toString())
                .containsExactly("a", "a-b", "ab");
        assertThat(index.children(EntryName.of("a-b"))).isEmpty();
        assertThat(index.children(EntryName.of("nothing"))).isEmpty();
    }

    @Test
    void theRootEntryIsNotItsOwnChild() throws IOException {
        LayerIndex index = index(directory(""), file("a"));

        assertThat(index.children(EntryName.ROOT)).hasSize(1);
        assertThat(index.find(EntryName.ROOT)).isPresent();
        assertThat(index.hasImplicitParents()).isFalse();
    }

    @Test
    void ofSeveralEntriesWithOneNameTheLastCounts() throws IOException {
        LayerIndex index =
                index(file("a"), directory("b"), directory("a"), file("a").withMode(0600));

        assertThat(index.size()).isEqualTo(2);
        assertThat(index.find(EntryName.of("a")).orElseThrow().entry().mode()).isEqualTo(0600);
    }

    @Test
    void implicitParentsAreNamedOnceParentsFirst() throws IOException {
        LayerIndex index = index(
                directory("a"),
                file("a-b/x"),
                file("a/b-x/y"),
                file("a/b/c/d"),
                file("a/b/c/e"),
                directory("a/q"),
                file("a/q/r"));

        assertThat(index.hasImplicitParents()).isTrue();
        assertThat(index.implicitDirectories())
                .extracting(EntryName::toString)
                .containsExactly("a-b", "a/b-x", "a/b", "a/b/c");
        assertThat(index.childNames(EntryName.of("a")))
                .extracting(EntryName::toString)
                .containsExactly("a/b", "a/b-x", "a/q");
        assertThat(index.hasInside(EntryName.of("a/b"))).isTrue();
        assertThat(index.hasInside(EntryName.of("a/q/r"))).isFalse();
    }

    @Test
    void whatLiesBelowASymlinkHasAnImplicitParent() throws IOException {
        LayerIndex index = index(LayerEntry.symlink(EntryName.of("bin"), 0, 0, new byte[] {'x'}, TIME), file("bin/ls"));

        assertThat(index.hasImplicitParents()).isTrue();
        assertThat(index.implicitDirectories()).containsExactly(EntryName.of("bin"));
    }

    @Test
    void aWhiteoutImpliesItsDirectoryToo() throws IOException {
        assertThat(index(file("etc/.wh.motd")).hasImplicitParents()).isTrue();
    }

    @Test
    void hardLinksIntoOtherLayersAreNoticed() throws IOException {
        assertThat(index(file("a").asHardLinkTo(EntryName.of("b")), file("b")).hasForeignHardLinks())
                .isFalse();
        LayerIndex foreign = index(file("a").asHardLinkTo(EntryName.of("c")), file("b"));
        assertThat(foreign.hasForeignHardLinks()).isTrue();
        assertThat(foreign.hardLinkTargets()).containsExactly(EntryName.of("c"));
        assertThat(foreign.hasImplicitParents()).isFalse();
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        index(file("a"));
        byte[] bytes = Files.readAllBytes(folder.resolve("index"));
        bytes[11] = 9;
        Files.write(folder.resolve("index"), bytes);

        assertThatThrownBy(() -> LayerIndex.open(folder.resolve("index"))).hasMessageContaining("is of version 9");
    }

    @Test
    void aFileThatWasCutIsRefused() throws IOException {
        index(file("a"));
        byte[] bytes = Files.readAllBytes(folder.resolve("index"));
        Files.write(folder.resolve("index"), java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> LayerIndex.open(folder.resolve("index"))).hasMessageContaining("is damaged");
    }

    @Test
    void aMillionEntriesAreSortedInRunsAndFound() throws IOException {
        int many = 1_000_000;
        Runtime runtime = Runtime.getRuntime();
        long start = processorTime();
        try (LayerIndex.Builder builder = new LayerIndex.Builder(folder)) {
            for (int i = 0; i < many; i++) {
                int shuffled = (int) ((i * 7_919L) % many);
                builder.add(file(manyName(shuffled)).withMode(shuffled & 0777), shuffled);
            }
            assertThat(filesIn(folder)).as("runs on disk").isGreaterThan(3);
            builder.writeTo(folder.resolve("index"));
        }
        long built = processorTime();
        assertThat(filesIn(folder)).isEqualTo(1);
        try (LayerIndex index = LayerIndex.open(folder.resolve("index"))) {
            assertThat(index.size()).isEqualTo(many);
            for (int i = 0; i < many; i += 10) {
                Indexed found = index.find(EntryName.of(manyName(i))).orElseThrow();
                assertThat(found.contentOffset()).isEqualTo(i);
            }
            long found = processorTime();
            assertThat(index.childNames(EntryName.of("srv"))).hasSize(100);
            assertThat(index.children(EntryName.of("srv/directory-17"))).hasSize(many / 100);
            System.out.printf(
                    "LayerIndex: %d entries built in %d ms of processor time, %d bytes; a look-up %d ns; heap at most %d MiB%n",
                    many,
                    (built - start) / 1_000_000,
                    Files.size(folder.resolve("index")),
                    (found - built) / (many / 10),
                    runtime.maxMemory() >> 20);
        }
    }

    /** Of this thread, in nanoseconds: a busy machine does not change it. */
    static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String manyName(int i) {
        return "srv/directory-" + i % 100 + "/some-file-with-a-name-of-usual-length-" + i;
    }

    private static long filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private LayerIndex index(LayerEntry... entries) throws IOException {
        try (LayerIndex.Builder builder = new LayerIndex.Builder(folder)) {
            for (LayerEntry entry : entries) {
                builder.add(entry, -1);
            }
            builder.writeTo(folder.resolve("index"));
        }
        return LayerIndex.open(folder.resolve("index"));
    }

    private static LayerEntry directory(String name) {
        return LayerEntry.directory(EntryName.of(name), 0755, 0, 0, TIME);
    }

    private static LayerEntry file(String name) {
        return LayerEntry.file(EntryName.of(name), 0644, 0, 0, 0, TIME);
    }
}
