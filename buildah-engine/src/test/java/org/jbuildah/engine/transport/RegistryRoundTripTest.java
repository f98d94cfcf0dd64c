package org.jbuildah.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryClient;
import org.jbuildah.engine.registry.RegistrySettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RegistryRoundTripTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final RegistryClient client = RegistryClient.of(RegistrySettings.of(Map.of()), CredentialLookup.none());
    private RegistryProgram registry;
    private ContentStore here;
    private ContentStore there;

    @BeforeEach
    void start() throws Exception {
        registry = RegistryProgram.start(folder);
        here = ContentStore.open(folder.resolve("here"));
        there = ContentStore.open(folder.resolve("there"));
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
        registry.close();
    }

    private ImageConfig image(String content, Platform platform) throws IOException {
        List<DiffId> layers = new ArrayList<>();
        for (String name : List.of("one", "two", "three", "four", "five")) {
            byte[] bytes = (name + content).repeat(1000).getBytes(UTF_8);
            try (LayerSink sink = here.newLayer()) {
                LayerEntry file = LayerEntry.file(EntryName.of(name), 0644, 0, 0, bytes.length, TIME);
                sink.write(file, () -> new ByteArrayInputStream(bytes));
                layers.add(sink.commit());
            }
        }
        return new ImageConfig(
                platform,
                "",
                TIME,
                ContainerConfig.EMPTY,
                layers,
                Collections.nCopies(5, new History(TIME, "COPY", "", "", false)));
    }

    private Digest push(ImageConfig image, String name) throws Exception {
        ImageSinks sinks = new ImageSinks(here, client, events::add);
        return sinks.of(new Output.Registry(registry.host() + "/" + name))
                .write(OutgoingImage.of(image, Map.of()), "", ImageFormat.OCI)
                .digest();
    }

    private StoreAndRegistry source(ContentStore store) {
        return new StoreAndRegistry(store, client, events::add);
    }

    @Test
    void whatWasPushedIsPulledWithTheSameId() throws Exception {
        ImageConfig image = image("a", AMD64);
        Digest digest = push(image, "shop:1");

        ResolvedImage pulled = source(there).resolve(registry.host() + "/shop:1", AMD64, PullPolicy.MISSING);
        source(there).fetchLayers(pulled);

        assertThat(pulled.descriptor().digest()).isEqualTo(digest);
        assertThat(pulled.config()).isEqualTo(image);
        for (DiffId layer : image.diffIds()) {
            assertThat(there.index(layer)).isPresent();
            assertThat(there.descriptors(layer))
                    .extracting(each -> Compression.of(each.mediaType()))
                    .containsExactly(Compression.GZIP);
        }
        assertThat(events)
                .filteredOn(BuildEvent.BlobTransferred.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void anIndexIsPushedWithItsImages(ImageFormat format) throws Exception {
        ImageConfig amd64 = image("a", AMD64);
        ImageConfig arm64 = image("b", new Platform("linux", "arm64", ""));
        OutgoingIndex index =
                new OutgoingIndex(List.of(OutgoingImage.of(amd64, Map.of()), OutgoingImage.of(arm64, Map.of())));
        String name = registry.host() + "/shop:all";

        Descriptor pushed = new ImageSinks(here, client, events::add)
                .of(new Output.Registry(name))
                .write(index, "", format);

        assertThat(pushed.mediaType()).isEqualTo(MediaType.index(format));
        assertThat(client.headManifest(Reference.parse(name)).orElseThrow().digest())
                .isEqualTo(pushed.digest());
        for (ImageConfig image : List.of(amd64, arm64)) {
            ResolvedImage pulled = source(there).resolve(name, image.platform(), PullPolicy.ALWAYS);
            source(there).fetchLayers(pulled);
            assertThat(pulled.config()).isEqualTo(image);
        }
        assertThat(client.tags(Reference.parse(name))).containsExactly("all");
    }

    /** As a person would look at it. */
    @Test
    void skopeoCopiesAnIndexWhole() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "needs skopeo");
        OutgoingIndex index = new OutgoingIndex(List.of(
                OutgoingImage.of(image("a", AMD64), Map.of()),
                OutgoingImage.of(image("b", new Platform("linux", "arm", "v7")), Map.of())));
        Descriptor pushed = new ImageSinks(here, client, events::add)
                .of(new Output.Registry(registry.host() + "/shop:all"))
                .write(index, "", ImageFormat.OCI);
        Path copy = folder.resolve("copy");
        // its own place for them may belong to root
        Path noCredentials = Files.writeString(folder.resolve("auth.json"), "{}");

        Process skopeo = new ProcessBuilder(
                        "skopeo",
                        "copy",
                        "--all",
                        "--insecure-policy",
                        "--authfile=" + noCredentials,
                        "--src-tls-verify=false",
                        "docker://" + registry.host() + "/shop:all",
                        "oci:" + copy + ":all")
                .redirectErrorStream(true)
                .start();

        String output = new String(skopeo.getInputStream().readAllBytes(), UTF_8);
        assertThat(skopeo.waitFor()).as(output).isZero();
        assertThat(copy.resolve("blobs/sha256").resolve(pushed.digest().hex())).exists();
    }

    @Test
    void aLayerIsCompressedOnceAndMountedAfterThat() throws Exception {
        ImageConfig image = image("a", AMD64);
        push(image, "shop:1");
        List<Descriptor> forms = here.descriptors(image.diffIds().get(0));
        assertThat(forms).hasSize(2);

        assertThat(push(image, "shop:2")).isEqualTo(push(image, "other/shop:1"));
        assertThat(here.descriptors(image.diffIds().get(0))).isEqualTo(forms);
    }

    @Test
    void aPulledImageIsFoundWithoutTheRegistry() throws Exception {
        push(image("a", AMD64), "shop:1");
        String name = registry.host() + "/shop:1";
        StoreAndRegistry source = source(there);
        ResolvedImage pulled = source.resolve(name, AMD64, PullPolicy.MISSING);
        assertThat(there.tags().find(name)).as("its layers are not there").isEmpty();
        source.fetchLayers(pulled);
        registry.close();

        assertThat(source(there).resolve(name, AMD64, PullPolicy.MISSING)).isEqualTo(pulled);
        assertThat(source(there).resolve(name, AMD64, PullPolicy.NEVER)).isEqualTo(pulled);
        assertThat(source(there)
                        .resolve(
                                registry.host() + "/shop@" + pulled.descriptor().digest(), AMD64, PullPolicy.NEVER)
                        .config())
                .isEqualTo(pulled.config());
        source(there).fetchLayers(pulled);
    }

    @Test
    void policiesDecideWhetherAChangedTagIsSeen() throws Exception {
        String name = registry.host() + "/shop:1";
        Digest first = push(image("a", AMD64), "shop:1");
        StoreAndRegistry source = source(there);
        source.fetchLayers(source.resolve(name, AMD64, PullPolicy.MISSING));
        Digest second = push(image("b", AMD64), "shop:1");

        assertThat(source(there)
                        .resolve(name, AMD64, PullPolicy.MISSING)
                        .descriptor()
                        .digest())
                .isEqualTo(first);
        assertThat(source(there)
                        .resolve(name, AMD64, PullPolicy.NEWER)
                        .descriptor()
                        .digest())
                .isEqualTo(second);
        Digest third = push(image("c", AMD64), "shop:1");
        assertThat(source(there)
                        .resolve(name, AMD64, PullPolicy.ALWAYS)
                        .descriptor()
                        .digest())
                .isEqualTo(third);
    }

    @Test
    void anIndexGivesTheImageOfThePlatformOrSaysWhatItHas() throws Exception {
        Platform arm = new Platform("linux", "arm64", "");
        Digest amdDigest = push(image("a", AMD64), "shop:amd");
        Digest armDigest = push(image("b", arm), "shop:arm");
        List<Descriptor> manifests = new ArrayList<>();
        for (Map.Entry<Digest, Platform> each :
                Map.of(amdDigest, AMD64, armDigest, arm).entrySet()) {
            byte[] bytes = client.manifest(Reference.parse(registry.host() + "/shop"), each.getKey())
                    .bytes();
            manifests.add(
                    new Descriptor(MediaType.OCI_MANIFEST, each.getKey(), bytes.length, Map.of(), each.getValue()));
        }
        client.pushManifest(
                Reference.parse(registry.host() + "/shop:all"),
                MediaType.OCI_INDEX,
                Json.write(new Index(MediaType.OCI_INDEX, manifests, Map.of())));
        String name = registry.host() + "/shop:all";

        assertThat(source(there)
                        .resolve(name, arm, PullPolicy.MISSING)
                        .descriptor()
                        .digest())
                .isEqualTo(armDigest);
        assertThat(source(there)
                        .resolve(name, AMD64, PullPolicy.MISSING)
                        .descriptor()
                        .digest())
                .isEqualTo(amdDigest);
        assertThatThrownBy(() -> source(there).resolve(name, new Platform("linux", "s390x", ""), PullPolicy.MISSING))
                .isInstanceOfSatisfying(
                        ImageUnavailable.class, e -> assertThat(e.remedy()).contains("linux/amd64, linux/arm64"));
    }

    @Test
    void imagesBuiltHereComeFirst() throws Exception {
        ImageConfig image = image("a", AMD64);
        Digest digest = new ImageSinks(here, client, events::add)
                .local()
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:latest", ImageFormat.OCI)
                .digest();

        for (String name : List.of("shop", "shop:latest", "localhost/shop")) {
            ResolvedImage found = source(here).resolve(name, AMD64, PullPolicy.MISSING);
            assertThat(found.descriptor().digest()).isEqualTo(digest);
            source(here).fetchLayers(found);
        }
        assertThatThrownBy(() -> source(here).resolve("localhost/shopp", AMD64, PullPolicy.ALWAYS))
                .isInstanceOfSatisfying(
                        ImageUnavailable.class, e -> assertThat(e.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND));
    }

    @Test
    void twoPullsAtOnceBothSucceed() throws Exception {
        ImageConfig image = image("a", AMD64);
        push(image, "shop:1");
        ContentStore again = ContentStore.open(folder.resolve("there"));
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> pulls = new ArrayList<>();
        for (ContentStore store : List.of(there, again)) {
            Thread pull = new Thread(() -> {
                try {
                    source(store)
                            .fetchLayers(source(store).resolve(registry.host() + "/shop:1", AMD64, PullPolicy.ALWAYS));
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            pulls.add(pull);
            pull.start();
        }
        for (Thread pull : pulls) {
            pull.join();
        }
        again.close();

        assertThat(failures).isEmpty();
        assertThat(there.sweeper().fsck()).isEmpty();
    }

    @Test
    void aDamagedLayerIsRefusedByDigest() throws Exception {
        ImageConfig image = image("a", AMD64);
        push(image, "shop:1");
        String hex = here.descriptors(image.diffIds().get(2)).get(1).digest().hex();
        Path data =
                folder.resolve("registry/docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        byte[] bytes = Files.readAllBytes(data);
        bytes[30] ^= 1;
        Files.write(data, bytes);
        ResolvedImage resolved = source(there).resolve(registry.host() + "/shop:1", AMD64, PullPolicy.MISSING);

        assertThatThrownBy(() -> source(there).fetchLayers(resolved))
                .isInstanceOf(ImageUnavailable.class)
                .hasMessageContaining(hex);
        assertThat(there.index(image.diffIds().get(2))).isEmpty();
    }
}
