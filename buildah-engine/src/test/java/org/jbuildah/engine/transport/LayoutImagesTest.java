package org.jbuildah.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.Tags;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.EventSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutImagesTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");

    @TempDir
    private Path folder;

    private ContentStore store;
    private final List<Descriptor> entries = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        store = ContentStore.open(folder.resolve("store"));
        Files.createDirectories(folder.resolve("layout/blobs/sha256"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Descriptor blob(String mediaType, byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        Files.write(folder.resolve("layout/blobs/sha256/" + digest.hex()), bytes);
        return new Descriptor(mediaType, digest, bytes.length);
    }

    /** An image of one layer, which is an empty tar. */
    private Descriptor image(Platform platform) throws IOException {
        Descriptor layer = blob("application/vnd.oci.image.layer.v1.tar", new byte[1024]);
        Descriptor config = blob(
                "application/vnd.oci.image.config.v1+json",
                ("{\"os\":\"linux\",\"architecture\":\"" + platform.architecture()
                                + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + layer.digest() + "\"]}}")
                        .getBytes(StandardCharsets.UTF_8));
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                + json(config) + ",\"layers\":[" + json(layer) + "]}";
        Descriptor named = blob(MediaType.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        return new Descriptor(named.mediaType(), named.digest(), named.size(), Map.of(), platform);
    }

    private static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    private void tag(String tag, Descriptor image) throws IOException {
        entries.add(image.withAnnotations(Map.of(Tags.REF_NAME, tag)));
        Files.write(folder.resolve("layout/index.json"), Json.write(new Index(MediaType.OCI_INDEX, entries, Map.of())));
    }

    private ResolvedImage resolved(String suffix, Platform platform) {
        return new LayoutImages(store, EventSink.silent())
                .resolve("oci-layout://" + folder.resolve("layout") + suffix, platform, PullPolicy.MISSING);
    }

    @Test
    void theOnlyImageNeedsNoName() throws Exception {
        tag("1.0", image(AMD64));

        ResolvedImage image = resolved("", AMD64);
        new LayoutImages(store, EventSink.silent()).fetchLayers(image);

        assertThat(image.config().platform()).isEqualTo(AMD64);
        assertThat(store.index(image.config().diffIds().get(0))).isPresent();
    }

    @Test
    void ofSeveralImagesOneIsNamedByTagOrDigest() throws Exception {
        Descriptor arm = image(ARM64);
        tag("a", image(AMD64));
        tag("b", arm);

        assertThat(resolved(":b", AMD64).config().platform()).isEqualTo(ARM64);
        assertThat(resolved("@" + arm.digest(), AMD64).config().platform()).isEqualTo(ARM64);
        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved("", AMD64))
                .withMessageContaining("has 2 images")
                .satisfies(letter -> assertThat(letter.remedy()).isEqualTo("Its tags are a, b."));
    }

    @Test
    void aTagMayHoldColonsAndSlashes() throws Exception {
        tag("shop:1", image(AMD64));
        tag("localhost:5000/shop:2", image(ARM64));

        assertThat(resolved(":shop:1", AMD64).config().platform()).isEqualTo(AMD64);
        assertThat(resolved(":localhost:5000/shop:2", AMD64).config().platform())
                .isEqualTo(ARM64);
        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved(":shop:3", AMD64))
                .satisfies(
                        letter -> assertThat(letter.remedy()).isEqualTo("Its tags are shop:1, localhost:5000/shop:2."));
    }

    @Test
    void aPathMayHoldColonsToo() throws Exception {
        tag("shop:1", image(AMD64));
        Files.move(folder.resolve("layout"), folder.resolve("layout:1"));

        assertThat(resolved(":1", AMD64).config().platform()).isEqualTo(AMD64);
        assertThat(resolved(":1:shop:1", AMD64).config().platform()).isEqualTo(AMD64);
    }

    @Test
    void ofAnIndexThePlatformIsTaken() throws Exception {
        byte[] index = Json.write(new Index(MediaType.OCI_INDEX, List.of(image(AMD64), image(ARM64)), Map.of()));
        tag("both", blob(MediaType.OCI_INDEX, index));

        assertThat(resolved(":both", ARM64).config().platform()).isEqualTo(ARM64);
        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved(":both", new Platform("linux", "s390x", "")))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_PLATFORM_MISSING));
    }

    @Test
    void aMissingTagOrLayoutIsTold() throws Exception {
        tag("a", image(AMD64));

        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved(":none", AMD64))
                .withMessageContaining("There is no image oci-layout://");
        Files.delete(folder.resolve("layout/index.json"));
        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved(":a", AMD64))
                .withMessageContaining("index.json");
    }

    @Test
    void aBlobWithOtherBytesIsRefused() throws Exception {
        Descriptor image = image(AMD64);
        tag("a", image);
        Files.writeString(folder.resolve("layout/blobs/sha256/" + image.digest().hex()), "{}");

        assertThatExceptionOfType(ImageUnavailable.class)
                .isThrownBy(() -> resolved(":a", AMD64))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_CORRUPT));
    }
}
