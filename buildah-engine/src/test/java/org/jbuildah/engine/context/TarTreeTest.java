package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTreeTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_600_000_000);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

    private TarTreeTest file(String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setSize(content.length());
        entry.setMode(04711);
        entry.setIds(7, 8);
        entry.setModTime(TIME.toEpochMilli());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
        return this;
    }

    private TarTreeTest other(String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    private TarTree tree() throws IOException {
        tar.close();
        return TarTree.read(new ByteArrayInputStream(bytes.toByteArray()), folder.resolve("contents"));
    }

    private static String content(SourceTree tree, String name) throws IOException {
        try (InputStream in = tree.open(EntryName.of(name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void metadataIsTheArchives() throws IOException {
        TarTree tree = file("./d/run", "123").tree();

        assertThat(tree.lookup(EntryName.of("d/run")))
                .contains(LayerEntry.file(EntryName.of("d/run"), 04711, 7, 8, 3, TIME));
        assertThat(tree.lookup(EntryName.of("d")))
                .contains(LayerEntry.directory(EntryName.of("d"), 0755, 0, 0, Instant.EPOCH));
    }

    @Test
    void contentsAreFoundInAnyOrder() throws IOException {
        TarTree tree = file("b", "second").file("a", "").file("c", "third").tree();

        assertThat(tree.children(EntryName.ROOT))
                .extracting(EntryName::toString)
                .containsExactly("a", "b", "c");
        assertThat(content(tree, "c")).isEqualTo("third");
        assertThat(content(tree, "a")).isEmpty();
        assertThat(content(tree, "b")).isEqualTo("second");
    }

    @Test
    void theLastOfSeveralEntriesCounts() throws IOException {
        TarTree tree = file("d/x", "gone")
                .file("d", "now a file")
                .file("f", "old")
                .file("f", "new")
                .tree();

        assertThat(content(tree, "d")).isEqualTo("now a file");
        assertThat(tree.lookup(EntryName.of("d/x"))).isEmpty();
        assertThat(content(tree, "f")).isEqualTo("new");
    }

    @Test
    void hardLinksAreNamesOfOneFile() throws IOException {
        TarTree tree = file("z", "shared")
                .other("a", TarConstants.LF_LINK, "z")
                .other("b", TarConstants.LF_LINK, "a")
                .file("alone", "x")
                .tree();

        assertThat(content(tree, "b")).isEqualTo("shared");
        assertThat(tree.lookup(EntryName.of("a")).orElseThrow().isFile()).isTrue();
        assertThat(List.of("z", "a", "b")).allSatisfy(name -> assertThat(tree.hardLinkIdentity(EntryName.of(name)))
                .isPresent()
                .isEqualTo(tree.hardLinkIdentity(EntryName.of("z"))));
        assertThat(tree.hardLinkIdentity(EntryName.of("alone"))).isEmpty();
    }

    @Test
    void symlinksStaySymlinks() throws IOException {
        TarTree tree = other("l", TarConstants.LF_SYMLINK, "/etc/passwd").tree();

        assertThat(tree.lookup(EntryName.of("l")).orElseThrow().isSymlink()).isTrue();
        assertThat(TextInTree.read(tree, "l")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "a/../../../etc/passwd"})
    void aNameThatLeadsOutIsRefused(String name) throws IOException {
        file(name, "x");

        assertThatIOException()
                .isThrownBy(this::tree)
                .withMessageContaining("hostile entry")
                .withMessageNotContaining("layer");
    }

    @Test
    void anEntryBehindASymlinkIsRefused() throws IOException {
        other("etc", TarConstants.LF_SYMLINK, "/etc").file("etc/passwd", "root");

        assertThatIOException().isThrownBy(this::tree).withMessageContaining("\"etc/passwd\" lies below \"etc\"");
    }

    @Test
    void aHardLinkToWhatTheArchiveDoesNotHoldIsRefused() throws IOException {
        other("a", TarConstants.LF_LINK, "/etc/shadow");

        assertThatIOException().isThrownBy(this::tree).withMessageContaining("which is no file");
    }

    @Test
    void aCutArchiveIsRefused() throws IOException {
        file("a", "x".repeat(5000));
        tar.close();
        byte[] half = java.util.Arrays.copyOf(bytes.toByteArray(), 2000);

        assertThatIOException()
                .isThrownBy(() -> TarTree.read(new ByteArrayInputStream(half), folder.resolve("contents")));
    }

    @Test
    void itsIgnoreFileCounts() throws IOException {
        TarTree tree =
                file(".dockerignore", "b\n").file("a", "1").file("b", "2").tree();

        BuildContext context = BuildContext.of(tree, IgnoreFile.find(tree, "Dockerfile"));

        assertThat(context.lookup(EntryName.of("b"))).isEmpty();
        assertThat(context.lookup(EntryName.of("a"))).isPresent();
        assertThat(context.explain("b").orElseThrow().what()).contains(".dockerignore line 1");
    }

    @Test
    void theIgnoreFileOfTheDockerfileCountsBeforeTheContexts() throws IOException {
        TarTree tree = file(".dockerignore", "b\n")
                .file("sub/D.dockerignore", "a\n")
                .file("a", "1")
                .tree();

        assertThat(IgnoreFile.find(tree, "sub/D").patterns()).containsExactly("a");
    }

    @Test
    void nothingIsAnEmptyTree() throws IOException {
        assertThat(TarTree.empty().children(EntryName.ROOT)).isEmpty();
    }
}
