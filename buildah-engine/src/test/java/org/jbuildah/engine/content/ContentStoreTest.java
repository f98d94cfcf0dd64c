package org.jbuildah.engine.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.MediaType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
    @TempDir
    Path folder;

    private static List<Path> filesUnder(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void neverHandsOutTheWholeOfADamagedBlob() throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Descriptor blob = store.put("text/plain", "what was promised".getBytes(UTF_8));
            Path file = folder.resolve("blobs/sha256").resolve(blob.digest().hex());
            Files.writeString(file, "what was promiseD");
            byte[] bytes = new byte[(int) blob.size()];

            assertThatThrownBy(() -> {
                        try (InputStream in = store.open(blob.digest())) {
                            int unused = in.readNBytes(bytes, 0, bytes.length); // and does not ask for the end
                        }
                    })
                    .isInstanceOf(StoreBroken.class)
                    .hasMessageContaining(blob.digest().toString());
        }
    }

    @Nested
    class WhenItIsOpened {
        @Test
        void isMadeAsAnImageLayoutForItsOwnerOnly() throws IOException {
            Path root = folder.resolve("a/store");

            ContentStore.open(root).close();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                    .isEqualTo("rwx------");
            assertThat(root.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
            assertThat(root.resolve("index.json"))
                    .hasContent(
                            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}");
            assertThat(root.resolve("meta/version")).hasContent("1\n");
            assertThat(root.resolve("tmp")).isEmptyDirectory();
        }

        @Test
        void keepsThePermissionsOfAFolderThatWasThere() throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

            ContentStore.open(folder).close();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwxr-x---");
        }

        @Test
        void refusesAFolderOfOtherThings() throws IOException {
            Files.writeString(folder.resolve("thesis.tex"), "x");

            assertThatThrownBy(() -> ContentStore.open(folder))
                    .isInstanceOf(StoreBroken.class)
                    .hasMessageContaining("thesis.tex");
            assertThat(filesUnder(folder)).hasSize(1);
        }

        @Test
        void refusesAStoreOfANewerFormatByName() throws IOException {
            ContentStore.open(folder).close();
            Files.writeString(folder.resolve("meta/version"), "2\n");

            assertThatThrownBy(() -> ContentStore.open(folder))
                    .isInstanceOfSatisfying(
                            StoreBroken.class, e -> assertThat(e.code()).isEqualTo(FailureCode.STORE_NEWER))
                    .hasMessageContaining("format 2");
            assertThat(folder.resolve("meta/version")).hasContent("2\n");
        }

        @Test
        void repairsWhatMayBeDeleted() throws IOException {
            Descriptor kept;
            try (ContentStore store = ContentStore.open(folder)) {
                kept = store.put("x", "blob".getBytes(UTF_8));
                store.tags().tag("localhost/a:1", kept);
            }
            TemporaryFolder.delete(folder.resolve("meta"));
            TemporaryFolder.delete(folder.resolve("tmp"));
            TemporaryFolder.delete(folder.resolve("derived"));

            try (ContentStore store = ContentStore.open(folder)) {
                assertThat(store.read(kept.digest())).asString(UTF_8).isEqualTo("blob");
                assertThat(store.tags().find("localhost/a:1")).isPresent();
                store.record("step", "k", new byte[1]);
            }
        }

        @Test
        void saysThatAFileIsInItsPlace() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "");

            assertThatThrownBy(() -> ContentStore.open(file.resolve("store")))
                    .isInstanceOfSatisfying(
                            StoreBroken.class, e -> assertThat(e.code()).isEqualTo(FailureCode.STORE_UNWRITABLE));
        }
    }

    @Nested
    class Blobs {
        @Test
        void areKeptUnderTheirDigest() throws IOException {
            try (ContentStore store = ContentStore.open(folder)) {
                Descriptor blob = store.put("text/plain", "hello".getBytes(UTF_8));

                assertThat(blob).isEqualTo(new Descriptor("text/plain", Digest.of("hello".getBytes(UTF_8)), 5));
                assertThat(store.contains(blob.digest())).isTrue();
                assertThat(store.size(blob.digest())).contains(5L);
                assertThat(folder.resolve("blobs/sha256/" + blob.digest().hex()))
                        .hasContent("hello");
            }
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        }

        @Test
        void thatAreNotCommittedLeaveNothing() throws IOException {
            try (ContentStore store = ContentStore.open(folder)) {
                try (BlobWriter blob = store.newBlob()) {
                    blob.write(new byte[200_000]);
                }
                assertThat(filesUnder(folder.resolve("blobs"))).isEmpty();
                assertThat(filesUnder(folder.resolve("tmp")))
                        .extracting(Path::getFileName)
                        .containsExactly(Path.of("lock"));
            }
        }

        @Test
        void keepLongRunsOfZerosAsHoles() throws IOException {
            byte[] bytes = new byte[5 << 20];
            bytes[1_000_000] = 1;
            bytes[4_000_001] = 2;
            try (ContentStore store = ContentStore.open(folder)) {
                Descriptor blob;
                try (BlobWriter writer = store.newBlob()) {
                    writer.write(bytes, 0, 777);
                    writer.write(bytes, 777, bytes.length - 777);
                    blob = writer.commit("x");
                }
                Path file = folder.resolve("blobs/sha256/" + blob.digest().hex());

                assertThat(blob.digest()).isEqualTo(Digest.of(bytes));
                assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
                assertThat(blocksOf(file) * 512).isLessThan(1 << 20);
            }
        }

        private long blocksOf(Path file) throws IOException {
            Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
            return Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
        }

        @Test
        void thatRottedAreNotReadAsDocuments() throws IOException {
            try (ContentStore store = ContentStore.open(folder)) {
                Descriptor blob = store.put("x", "config".getBytes(UTF_8));
                Files.writeString(folder.resolve("blobs/sha256/" + blob.digest().hex()), "confiG");

                assertThatThrownBy(() -> store.read(blob.digest()))
                        .isInstanceOfSatisfying(
                                StoreBroken.class, e -> assertThat(e.code()).isEqualTo(FailureCode.STORE_CORRUPT))
                        .hasMessageContaining(blob.digest().toString());
            }
        }

        @Test
        void thatAreMissingAreNamedWithTheirPath() {
            try (ContentStore store = ContentStore.open(folder)) {
                assertThatThrownBy(() -> store.read(Digest.of(new byte[0])))
                        .isInstanceOf(NoSuchFileException.class)
                        .hasMessageContaining("blobs/sha256/e3b0c442");
            }
        }
    }

    @Nested
    class Records {
        @Test
        void areFoundByKindAndKey() throws IOException {
            try (ContentStore store = ContentStore.open(folder)) {
                store.record("step", "k1", new byte[] {1, 2});
                store.record("source", "a key / of any form", new byte[0]);

                assertThat(store.record("step", "k1")).contains(new byte[] {1, 2});
                assertThat(store.record("source", "a key / of any form")).contains(new byte[0]);
                assertThat(store.record("source", "k1")).isEmpty();
            }
        }

        @Test
        void thatWereCutShortAreAbsent() throws IOException {
            try (ContentStore store = ContentStore.open(folder)) {
                store.record("step", "k1", new byte[1000]);
                Path file = folder.resolve("meta/step/k1");
                byte[] all = Files.readAllBytes(file);
                all[all.length - 1] = 7;
                Files.write(file, all);

                assertThat(store.record("step", "k1")).isEmpty();
                Files.write(file, new byte[0]);
                assertThat(store.record("step", "k1")).isEmpty();
            }
        }
    }

    @Nested
    class Forms {
        @Test
        void ofALayerAreRemembered() throws IOException {
            DiffId layer = new DiffId(Digest.of(new byte[] {1}));
            Descriptor gzip = new Descriptor(MediaType.OCI_LAYER_GZIP, Digest.of(new byte[] {2}), 2);
            Descriptor zstd = new Descriptor(MediaType.OCI_LAYER_ZSTD, Digest.of(new byte[] {3}), 3);
            try (ContentStore store = ContentStore.open(folder)) {
                store.remember(layer, gzip);
                store.remember(layer, zstd);
                store.remember(layer, gzip);
                assertThat(store.descriptors(layer)).containsExactly(gzip, zstd);
            }
            try (ContentStore store = ContentStore.open(folder)) {
                assertThat(store.descriptors(layer)).containsExactly(gzip, zstd);
            }
        }
    }

    @Nested
    class WhenTheDiskRefuses {
        @Test
        void aReadOnlyStoreCanBeReadAndSaysWhyItCannotBeWritten() throws Exception {
            Descriptor blob;
            try (ContentStore store = ContentStore.open(folder.resolve("store"))) {
                blob = store.put("x", "y".getBytes(UTF_8));
            }
            Child child =
                    Child.run(folder.resolve("store"), "readonly", blob.digest().toString());
            child.assumeRan();
            assertThat(child.output()).contains("read y").contains("STORE_UNWRITABLE");
        }

        @Test
        void aFileSizeLimitIsNamedAndNothingHalfWrittenStays() throws Exception {
            ContentStore.open(folder).close();
            Child child = Child.run(folder, "limit");
            assertThat(child.output()).contains("STORE_FULL").contains("ulimit");
            assertThat(filesUnder(folder.resolve("blobs"))).isEmpty();
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        }

        @Test
        void aFullDiskIsNamedAndNothingHalfWrittenStays() throws Exception {
            Child child = Child.run(folder, "full");
            child.assumeRan();
            assertThat(child.output())
                    .contains("STORE_FULL")
                    .contains("left: lock")
                    .doesNotContain("left: f");
        }
    }
}
