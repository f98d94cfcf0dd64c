package org.jbuildah.engine.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersInStoreTest {
    private static final LayerEntry HELLO =
            LayerEntry.file(EntryName.of("etc/hello"), 0644, 0, 0, 6, Instant.ofEpochSecond(1_000_000));
    private static final LayerEntry ETC =
            LayerEntry.directory(EntryName.of("etc"), 0755, 0, 0, Instant.ofEpochSecond(1_000_000));

    @TempDir
    Path folder;

    private ContentStore store;

    @BeforeEach
    void open() {
        store = ContentStore.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LayerWriter tar = new LayerWriter(bytes)) {
            tar.write(ETC);
            tar.write(HELLO, new ByteArrayInputStream("hello\n".getBytes(UTF_8)));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Descriptor descriptor(String mediaType, byte[] bytes) {
        return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    }

    private DiffId ingest(String mediaType, byte[] blob) throws IOException {
        return store.ingest(descriptor(mediaType, blob), new ByteArrayInputStream(blob));
    }

    private DiffId write() throws IOException {
        try (LayerSink sink = store.newLayer()) {
            sink.write(ETC);
            sink.write(HELLO, () -> new ByteArrayInputStream("hello\n".getBytes(UTF_8)));
            return sink.commit();
        }
    }

    private void assertHello(DiffId layer) throws IOException {
        LayerIndex.Indexed found =
                store.index(layer).orElseThrow().find(HELLO.name()).orElseThrow();
        assertThat(found.entry()).isEqualTo(HELLO);
        try (FileChannel tar = store.tar(layer)) {
            ByteBuffer content = ByteBuffer.allocate(6);
            tar.read(content, found.contentOffset());
            assertThat(new String(content.array(), UTF_8)).isEqualTo("hello\n");
        }
    }

    @Nested
    class OfOurOwn {
        @Test
        void areWrittenDigestedAndIndexedInOnePass() throws IOException {
            DiffId layer = write();

            assertThat(layer.digest()).isEqualTo(Digest.of(tar()));
            assertThat(store.read(layer.digest())).isEqualTo(tar());
            assertHello(layer);
            assertThat(store.descriptors(layer))
                    .containsExactly(new Descriptor(MediaType.OCI_LAYER, layer.digest(), tar().length));
        }

        @Test
        void thatAreNotCommittedLeaveNothing() throws IOException {
            try (LayerSink sink = store.newLayer()) {
                sink.write(ETC);
            }
            assertThat(folder.resolve("blobs/sha256")).isEmptyDirectory();
            assertThat(folder.resolve("meta/diff")).isEmptyDirectory();
        }

        @Test
        void areIndexedAnewWhenTheIndexIsLost() throws IOException {
            DiffId layer = write();
            store.close();
            TemporaryFolder.delete(folder.resolve("meta"));
            store = ContentStore.open(folder);

            assertHello(layer);
        }
    }

    @Nested
    class OfOthers {
        @Test
        void mayBePlainGzipOrZstd() throws IOException {
            for (byte[] blob : List.of(gzip(tar()), Zstd.compress(tar()), tar())) {
                DiffId layer = ingest("application/octet-stream", blob);

                assertThat(layer.digest()).isEqualTo(Digest.of(tar()));
                assertHello(layer);
            }
            assertThat(store.descriptors(new DiffId(Digest.of(tar()))))
                    .extracting(Descriptor::mediaType)
                    .containsExactly(MediaType.OCI_LAYER, MediaType.OCI_LAYER_GZIP, MediaType.OCI_LAYER_ZSTD);
        }

        @Test
        void keepTheirBlobAndMakeThePlainTarWhenNeeded() throws IOException {
            byte[] blob = gzip(tar());
            DiffId layer = ingest(MediaType.OCI_LAYER_GZIP, blob);
            assertThat(store.read(Digest.of(blob))).isEqualTo(blob);
            assertThat(folder.resolve("derived")).isEmptyDirectory();

            assertHello(layer);

            assertThat(folder.resolve("derived/" + layer.digest().hex())).hasBinaryContent(tar());
        }

        @Test
        void mayHaveSeveralGzipMembersThatArriveSlowly() throws IOException {
            byte[] tar = tar();
            byte[] blob = join(gzip(Arrays.copyOf(tar, 700)), gzip(Arrays.copyOfRange(tar, 700, tar.length)));
            InputStream trickle = new FilterInputStream(new ByteArrayInputStream(blob)) {
                @Override
                public int available() {
                    return 0;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return super.read(bytes, offset, Math.min(length, 13));
                }
            };

            DiffId layer = store.ingest(descriptor(MediaType.OCI_LAYER_GZIP, blob), trickle);

            assertThat(layer.digest()).isEqualTo(Digest.of(tar));
        }

        @Test
        void thatAreNotWhatWasPromisedChangeNothing() throws IOException {
            byte[] blob = gzip(tar());
            byte[] other = gzip(join(tar(), new byte[512]));
            Descriptor promised = descriptor(MediaType.OCI_LAYER_GZIP, blob);

            assertThatThrownBy(() -> store.ingest(
                            new Descriptor(promised.mediaType(), promised.digest(), other.length),
                            new ByteArrayInputStream(other)))
                    .hasMessageContaining("holds other bytes");
            assertThatThrownBy(() -> store.ingest(promised, new ByteArrayInputStream(blob, 0, blob.length - 1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.ingest(promised, new ByteArrayInputStream(join(blob, new byte[] {0}))))
                    .hasMessageContaining("longer than");
            assertThat(folder.resolve("blobs/sha256")).isEmptyDirectory();
            assertThat(folder.resolve("meta/diff")).isEmptyDirectory();
        }

        @Test
        void bringNoBookkeepingOfStorageDriversIntoTheIndex() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (LayerWriter tar = new LayerWriter(bytes)) {
                tar.write(ETC.withXattrs(new TreeMap<>(Map.of("trusted.overlay.opaque", new byte[] {'y'}))));
            }

            DiffId layer = ingest(MediaType.OCI_LAYER, bytes.toByteArray());

            assertThat(store.index(layer)
                            .orElseThrow()
                            .find(ETC.name())
                            .orElseThrow()
                            .entry()
                            .xattrs())
                    .isEmpty();
        }
    }

    @Nested
    class WhenSwept {
        private Descriptor tag(String name, byte[] layerBlob, DiffId layer) throws IOException {
            byte[] config = Json.write(new ImageConfig(
                    new Platform("linux", "amd64", ""), "", null, ContainerConfig.EMPTY, List.of(layer), List.of()));
            Manifest manifest = new Manifest(
                    MediaType.OCI_MANIFEST,
                    store.put(MediaType.OCI_CONFIG, config),
                    List.of(descriptor(MediaType.OCI_LAYER_GZIP, layerBlob)),
                    Map.of());
            Descriptor stored = store.put(MediaType.OCI_MANIFEST, Json.write(manifest));
            store.tags().tag(name, stored);
            return stored;
        }

        @Test
        void taggedImagesAndCachedStepsStay() throws IOException {
            byte[] blob = gzip(tar());
            tag("localhost/a:1", blob, ingest(MediaType.OCI_LAYER_GZIP, blob));
            DiffId cached;
            try (LayerSink sink = store.newLayer()) {
                sink.write(ETC);
                cached = sink.commit();
            }
            store.record("step", "alive", (cached + "\n").getBytes(UTF_8));
            store.record("step", "dead", (new DiffId(Digest.of(new byte[9])) + "\n").getBytes(UTF_8));
            store.record("failed", "run", (cached + "\n").getBytes(UTF_8));
            Descriptor loose = store.put("x", new byte[7]);

            Sweeper.Swept swept = store.sweeper().prune();

            assertThat(swept.files()).isEqualTo(1);
            assertThat(store.contains(loose.digest())).isFalse();
            assertThat(store.contains(cached.digest())).isTrue();
            assertThat(store.record("step", "alive")).isPresent();
            assertThat(store.record("step", "dead")).isEmpty();
            assertThat(store.recordKeys("step")).containsExactly("alive");
            assertThat(store.recordKeys("failed")).isEmpty();
            assertThat(store.sweeper().fsck()).isEmpty();

            store.sweeper().pruneAll();
            assertThat(store.contains(cached.digest())).isFalse();
            assertThat(store.index(new DiffId(Digest.of(tar())))).isPresent();
            assertThat(store.sweeper().fsck()).isEmpty();

            store.tags().remove("localhost/a:1");
            store.sweeper().prune();
            assertThat(folder.resolve("blobs/sha256")).isEmptyDirectory();
            assertThat(store.index(new DiffId(Digest.of(tar())))).isEmpty();
        }

        @Test
        void aStoreInUseByAnotherIsRefused() throws IOException {
            ContentStore other = ContentStore.open(folder);
            assertThatThrownBy(() -> store.sweeper().prune()).hasMessageContaining("in use");
            other.close();
            store.sweeper().prune();
        }

        @Test
        void damageIsReportedWithTheImagesThatSuffer() throws IOException {
            byte[] blob = gzip(tar());
            tag("localhost/a:1", blob, ingest(MediaType.OCI_LAYER_GZIP, blob));
            Path file = folder.resolve("blobs/sha256/" + Digest.of(blob).hex());
            byte[] damaged = blob.clone();
            damaged[20] ^= 1;
            Files.write(file, damaged);

            assertThat(store.sweeper().fsck()).singleElement().satisfies(finding -> {
                assertThat(finding.file()).isEqualTo(file);
                assertThat(finding.what()).contains(Digest.of(blob).toString());
                assertThat(finding.images()).containsExactly("localhost/a:1");
            });

            Files.delete(file);
            assertThat(store.sweeper().fsck()).extracting(Finding::what).anySatisfy(what -> assertThat(what)
                    .contains("has no blob"));
        }
    }

    @Test
    void digestsOfSourcesAreRememberedAcrossBuilds() {
        Digest digest = Digest.of(new byte[3]);
        store.digestMemo().remember("fingerprint", digest);
        store.close();
        store = ContentStore.open(folder);

        assertThat(store.digestMemo().recall("fingerprint")).contains(digest);
        assertThat(store.digestMemo().recall("other")).isEmpty();
    }
}
