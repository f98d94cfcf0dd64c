package org.jbuildah.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryClient;
import org.jbuildah.engine.registry.RegistrySettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of two layers, written as files: the upper one takes a file away and gives another one a second name. */
class FilesSinkTest {
    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final List<BuildEvent> events = new ArrayList<>();
    private ContentStore store;
    private OutgoingImage image;

    @BeforeEach
    void image() throws IOException {
        store = ContentStore.open(folder.resolve("store"));
        DiffId lower = layer(new TreeMap<>(Map.of(
                entry(LayerEntry.directory(EntryName.of("d"), 0555, 7, 8, TIME)), "",
                entry(LayerEntry.file(EntryName.of("d/suid"), 04755, 7, 8, 3, TIME)), "run",
                entry(LayerEntry.file(EntryName.of("gone"), 0644, 0, 0, 4, TIME)), "gone",
                entry(LayerEntry.symlink(EntryName.of("link"), 0, 0, "d/s\u00fcd".getBytes(UTF_8), TIME)), "")));
        LayerEntry first = LayerEntry.file(EntryName.of("one"), 0640, 0, 0, 1, TIME);
        DiffId upper = layer(new TreeMap<>(Map.of(
                entry(LayerEntry.file(EntryName.of(".wh.gone"), 0, 0, 0, 0, TIME)), "",
                entry(first), "1",
                entry(first.withName(EntryName.of("two")).asHardLinkTo(EntryName.of("one"))), "")));
        image = OutgoingImage.of(
                new ImageConfig(
                        Platform.ofThisMachine(), "", TIME, ContainerConfig.EMPTY, List.of(lower, upper), List.of()),
                Map.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private record Named(LayerEntry entry) implements Comparable<Named> {
        @Override
        public int compareTo(Named other) {
            return entry.name().compareTo(other.entry.name());
        }
    }

    private static Named entry(LayerEntry entry) {
        return new Named(entry);
    }

    private DiffId layer(TreeMap<Named, String> entries) throws IOException {
        try (LayerSink sink = store.newLayer()) {
            for (Map.Entry<Named, String> each : entries.entrySet()) {
                LayerEntry entry = each.getKey().entry();
                if (entry.isFile()) {
                    sink.write(
                            entry,
                            () -> new ByteArrayInputStream(each.getValue().getBytes(UTF_8)));
                } else {
                    sink.write(entry);
                }
            }
            return sink.commit();
        }
    }

    private void write(Output output) throws Exception {
        RegistryClient none = RegistryClient.of(RegistrySettings.of(Map.of()), CredentialLookup.none());
        new ImageSinks(store, none, events::add).of(output).write(image, "", ImageFormat.OCI);
    }

    @Test
    void aTarHasEveryFileWithItsMetadataAndLinksAsLinks() throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Path file = folder.resolve("new/files.tar");

        write(new Output.TarStream(stream));
        write(new Output.Tar(file));

        assertThat(file).hasBinaryContent(stream.toByteArray());
        Map<String, LayerEntry> entries = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file);
                LayerReader tar = new LayerReader(in)) {
            for (LayerEntry entry = tar.next(); entry != null; entry = tar.next()) {
                entries.put(entry.name().toString(), entry);
            }
        }
        assertThat(entries).containsOnlyKeys("d", "d/suid", "link", "one", "two");
        LayerEntry setuid = entries.get("d/suid");
        assertThat(List.of(setuid.mode(), (int) setuid.uid(), (int) setuid.gid()))
                .containsExactly(04755, 7, 8);
        assertThat(setuid.mtime()).isEqualTo(TIME);
        assertThat(entries.get("two").type()).isEqualTo(EntryType.HARD_LINK);
    }

    @Test
    void aDirectoryHasTheFilesAndKeepsWhatItHadBeside() throws Exception {
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.writeString(target.resolve("own"), "mine");

        write(new Output.Local(target));

        assertThat(target.resolve("own")).hasContent("mine");
        assertThat(target.resolve("d/suid")).hasContent("run");
        assertThat(target.resolve("gone")).doesNotExist();
        assertThat(Files.getLastModifiedTime(target.resolve("d")).toInstant()).isEqualTo(TIME);
        assertThat(Files.getAttribute(target.resolve("one"), "unix:nlink")).isEqualTo(2);
        assertThat(Files.isSymbolicLink(target.resolve("link"))).isTrue();
        boolean owned = Integer.valueOf(7).equals(Files.getAttribute(target.resolve("d/suid"), "unix:uid"));
        int mode = (int) Files.getAttribute(target.resolve("d/suid"), "unix:mode") & 07777;
        assertThat(mode).isEqualTo(owned ? 04755 : 0755); // never a setuid program of another owner
        assertThat(events.stream().anyMatch(BuildEvent.Warned.class::isInstance))
                .isEqualTo(!owned);
    }

    @Test
    void nothingIsWrittenThroughASymlinkThatWasThereBefore() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "untouched");
        Path target = Files.createDirectories(folder.resolve("target"));
        assumeTrue(target.getFileSystem().supportedFileAttributeViews().contains("unix"));
        Files.createSymbolicLink(target.resolve("d"), outside);
        Files.createSymbolicLink(target.resolve("one"), outside.resolve("victim"));

        write(new Output.Local(target));

        assertThat(outside.resolve("suid")).doesNotExist();
        assertThat(outside.resolve("victim")).hasContent("untouched");
        assertThat(Files.isDirectory(target.resolve("d"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
