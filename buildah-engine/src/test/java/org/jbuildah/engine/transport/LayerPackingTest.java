package org.jbuildah.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.MediaType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerPackingTest {
    private static final byte[] CONTENT = "all work and no play\n".repeat(5000).getBytes(UTF_8);
    private static final LayerCompression ZSTD = new LayerCompression(Compression.ZSTD, null, false);

    @TempDir
    Path folder;

    private ContentStore store;
    private DiffId own;
    private DiffId pulled;
    private Digest pulledBlob;

    @BeforeEach
    void layers() throws IOException {
        store = ContentStore.open(folder);
        try (LayerSink sink = store.newLayer()) {
            sink.write(file("own"), () -> new ByteArrayInputStream(CONTENT));
            own = sink.commit();
        }
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(blob);
                LayerWriter tar = new LayerWriter(gzip)) {
            tar.write(file("pulled"), new ByteArrayInputStream(CONTENT));
        }
        pulledBlob = Digest.of(blob.toByteArray());
        pulled = store.ingest(
                new Descriptor(MediaType.OCI_LAYER_GZIP, pulledBlob, blob.size()),
                new ByteArrayInputStream(blob.toByteArray()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static LayerEntry file(String name) {
        return LayerEntry.file(EntryName.of(name), 0644, 0, 0, CONTENT.length, Instant.EPOCH);
    }

    private Descriptor packed(DiffId layer, LayerCompression compression) throws IOException {
        return new LayerPacking(store, compression).packed(layer, ImageFormat.OCI);
    }

    private byte[] bytes(Descriptor blob) throws IOException {
        try (InputStream bytes = store.open(blob.digest())) {
            return bytes.readAllBytes();
        }
    }

    @Test
    void zstdUnpacksToTheLayer() throws IOException {
        Descriptor blob = packed(own, ZSTD);

        byte[] packed = bytes(blob);
        assertThat(blob.mediaType()).isEqualTo(MediaType.OCI_LAYER_ZSTD);
        assertThat(Digest.of(Zstd.decompress(packed, 1 << 20))).isEqualTo(own.digest());
    }

    @Test
    void eachKindIsPackedOnceAndGzipIsTheCustom() throws IOException {
        Descriptor zstd = packed(own, ZSTD);
        Descriptor gzip = packed(own, LayerCompression.DEFAULT);

        assertThat(gzip.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
        assertThat(packed(own, ZSTD)).isEqualTo(zstd);
        assertThat(packed(own, LayerCompression.DEFAULT)).isEqualTo(gzip);
        assertThat(store.descriptors(own)).hasSize(3);
    }

    @Test
    void aPulledLayerStaysAsItIsUnlessForced() throws IOException {
        assertThat(packed(pulled, ZSTD).digest()).isEqualTo(pulledBlob);

        Descriptor forced = packed(pulled, new LayerCompression(Compression.ZSTD, null, true));

        assertThat(forced.mediaType()).isEqualTo(MediaType.OCI_LAYER_ZSTD);
        assertThat(Digest.of(Zstd.decompress(bytes(forced), 1 << 20))).isEqualTo(pulled.digest());
        assertThat(packed(pulled, LayerCompression.DEFAULT).mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
    }

    @Test
    void aLevelCountsAndIsNotKeptForOthers() throws IOException {
        Descriptor fast = packed(own, new LayerCompression(Compression.GZIP, 1, false));
        Descriptor close = packed(own, new LayerCompression(Compression.GZIP, 9, false));

        assertThat(close.size()).isLessThan(fast.size());
        assertThat(store.descriptors(own)).hasSize(1);
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> new LayerPacking(store, ZSTD).packed(own, ImageFormat.DOCKER))
                .withMessageContaining("no media type");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> LayerCompression.of("zstd:chunked", null, false))
                .withMessageContaining("\"zstd:chunked\"");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> LayerCompression.of("gzip", 12, false))
                .withMessageContaining("1 to 9");
        assertThat(LayerCompression.of("zstd", 12, false).level()).isEqualTo(12);
    }
}
