package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(directory.resolve("dir/sub"));
        Files.writeString(directory.resolve("dir/a"), "a");
        Files.writeString(directory.resolve("dir/sub/b"), "b");
    }

    @Test
    void timesDoNotCount() throws IOException {
        Digest before = digest();
        Files.setLastModifiedTime(directory.resolve("dir/a"), FileTime.from(Instant.ofEpochSecond(1)));

        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void contentsCount() throws IOException {
        Digest before = digest();
        Files.writeString(directory.resolve("dir/sub/b"), "c");

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void namesCount() throws IOException {
        Digest before = digest();
        Files.move(directory.resolve("dir/a"), directory.resolve("dir/c"));

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void whereAFileLiesCounts() throws IOException {
        Files.createDirectory(directory.resolve("dir/x"));
        Digest before = digest();
        Files.move(directory.resolve("dir/sub/b"), directory.resolve("dir/x/b"));

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void emptyDirectoriesCount() throws IOException {
        Digest before = digest();
        Files.createDirectory(directory.resolve("dir/empty"));

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void modesCountAsTheyAreCopied() throws IOException {
        UnaryOperator<LayerEntry> chmod = entry -> entry.withMode(0600);
        Digest before = digest();
        Digest forced = digest(chmod);
        Files.setAttribute(directory.resolve("dir/a"), "unix:mode", 0755);

        assertThat(digest()).isNotEqualTo(before);
        assertThat(digest(chmod)).isEqualTo(forced).isNotEqualTo(digest());
    }

    @Test
    void ownersCountAsTheyAreCopied() throws IOException {
        assertThat(digest(entry -> entry.withOwner(1000, 1000))).isNotEqualTo(digest());
    }

    @Test
    void linkTargetsCount() throws IOException {
        Path link = directory.resolve("dir/link");
        Files.createSymbolicLink(link, Path.of("a"));
        Digest before = digest();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("sub"));

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHardLinkIsNotAnEqualFile() throws IOException {
        Path second = directory.resolve("dir/c");
        Files.writeString(second, "a");
        Digest equalFiles = digest();
        Files.delete(second);
        Files.createLink(second, directory.resolve("dir/a"));

        assertThat(digest()).isNotEqualTo(equalFiles);
    }

    @Test
    void anUnchangedFileIsReadOnce() throws IOException {
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(10));
        SourceTree tree = BuildContext.open(directory, IgnoreFile.none(), later);
        CountingMemo memo = new CountingMemo();
        EntryName file = EntryName.of("dir/a");

        Digest first = new ContentDigest(memo).ofFile(tree, file);
        Digest second = new ContentDigest(memo).ofFile(tree, file);
        Files.writeString(directory.resolve("dir/a"), "changed");
        Digest third = new ContentDigest(memo).ofFile(tree, file);

        assertThat(first)
                .isEqualTo(second)
                .isEqualTo(Digest.of(new byte[] {'a'}))
                .isNotEqualTo(third);
        assertThat(memo.hits).isEqualTo(1);
    }

    private Digest digest() throws IOException {
        return digest(UnaryOperator.identity());
    }

    private Digest digest(UnaryOperator<LayerEntry> asCopied) throws IOException {
        SourceTree tree = BuildContext.open(directory, IgnoreFile.none());
        return new ContentDigest(DigestMemo.none()).of(SourceSelection.of(tree).select("dir"), asCopied);
    }

    private static final class CountingMemo implements DigestMemo {
        private final Map<String, Digest> known = new HashMap<>();
        private int hits;

        @Override
        public Optional<Digest> recall(String fingerprint) {
            Optional<Digest> found = Optional.ofNullable(known.get(fingerprint));
            hits += found.isPresent() ? 1 : 0;
            return found;
        }

        @Override
        public void remember(String fingerprint, Digest content) {
            known.put(fingerprint, content);
        }
    }
}
