package org.jbuildah.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryClient;
import org.jbuildah.engine.registry.RegistrySettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSinksTest {
    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private ContentStore store;
    private ImageSinks sinks;
    private ImageConfig image;
    private Descriptor pulled;

    @BeforeEach
    void image() throws IOException {
        store = ContentStore.open(folder.resolve("store"));
        sinks = new ImageSinks(
                store, RegistryClient.of(RegistrySettings.of(Map.of()), CredentialLookup.none()), EventSink.silent());
        byte[] blob = baseBlob();
        pulled = new Descriptor(MediaType.DOCKER_LAYER_GZIP, Digest.of(blob), blob.length);
        DiffId base = store.ingest(pulled, new ByteArrayInputStream(blob));
        DiffId own;
        try (LayerSink sink = store.newLayer()) {
            sink.write(file("hello", 6), () -> new ByteArrayInputStream("hello\n".getBytes(UTF_8)));
            own = sink.commit();
        }
        image = new ImageConfig(
                Platform.ofThisMachine(),
                "me",
                TIME,
                new ContainerConfig.Builder().cmd(List.of("/hello")).build(),
                List.of(base, own),
                List.of(new History(TIME, "base", "", "", false), new History(TIME, "COPY", "", "", false)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static LayerEntry file(String name, long size) {
        return LayerEntry.file(EntryName.of(name), 0755, 0, 0, size, TIME);
    }

    private static byte[] baseBlob() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(blob);
                LayerWriter tar = new LayerWriter(gzip)) {
            tar.write(file("base", 3), new ByteArrayInputStream(new byte[3]));
        }
        return blob.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void theStoreNamesOneFamilyOfMediaTypesAndKeepsPulledBlobs(ImageFormat format) throws Exception {
        Digest digest = sinks.local()
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", format)
                .digest();

        Manifest manifest = Json.parseManifest(store.read(digest));
        assertThat(manifest.mediaType()).isEqualTo(MediaType.manifest(format));
        assertThat(manifest.config().mediaType()).isEqualTo(MediaType.config(format));
        assertThat(manifest.config().digest()).isEqualTo(Digest.of(Json.write(image)));
        String oci = "application/vnd.oci.";
        assertThat(manifest.layers())
                .allMatch(layer -> layer.mediaType().startsWith(oci) == (format == ImageFormat.OCI));
        assertThat(manifest.layers().get(0).digest()).isEqualTo(pulled.digest());
        assertThat(manifest.layers().get(1).digest())
                .isEqualTo(image.diffIds().get(1).digest());
        assertThat(store.tags().find("localhost/shop:1").orElseThrow().digest()).isEqualTo(digest);
    }

    @ParameterizedTest
    @EnumSource
    void aLayoutIsReadBySkopeo(ImageFormat format) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "needs skopeo");
        Path layout = folder.resolve("layout");
        Digest digest = sinks.of(new Output.OciLayout(layout, ""))
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", format)
                .digest();

        // skopeo finds manifests of Docker's type only where no tag is named
        String source = "oci:" + layout + (format == ImageFormat.OCI ? ":1" : "");
        String manifest = run("skopeo", "inspect", "--raw", source);
        assertThat(manifest).contains(MediaType.config(format));
        assertThat(Digest.of(manifest.getBytes(UTF_8))).isEqualTo(digest);
        run("skopeo", "copy", "--insecure-policy", source, "dir:" + folder.resolve("copy"));
        assertThat(folder.resolve("copy/manifest.json")).hasContent(manifest);
    }

    @Test
    void aLayoutIsUnpackedByUmoci() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/umoci")), "needs umoci");
        Path layout = folder.resolve("layout");
        sinks.of(new Output.OciLayout(layout, ""))
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.OCI);

        run(
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                layout + ":1",
                folder.resolve("bundle").toString());

        assertThat(folder.resolve("bundle/rootfs/hello")).hasContent("hello\n");
        assertThat(folder.resolve("bundle/rootfs/base")).exists();
    }

    @Test
    void theConfigOfAnotherBuilderKeepsItsBytes() throws Exception {
        String foreign = new String(Json.write(image), UTF_8).replaceFirst("\\{", "{ \"docker_version\": \"20\",");
        byte[] bytes = foreign.getBytes(UTF_8);

        Digest digest = sinks.local()
                .write(new OutgoingImage(Json.parseConfig(bytes), bytes, Map.of()), "localhost/base:1", ImageFormat.OCI)
                .digest();

        Manifest manifest = Json.parseManifest(store.read(digest));
        assertThat(store.read(manifest.config().digest())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void annotationsStandInTheManifestOfTheFormatThatHasThem(ImageFormat format) throws Exception {
        OutgoingImage annotated = OutgoingImage.of(image, Map.of("a", "b"));

        Digest digest =
                sinks.local().write(annotated, "localhost/shop:1", format).digest();

        assertThat(Json.parseManifest(store.read(digest)).annotations())
                .isEqualTo(format == ImageFormat.OCI ? Map.of("a", "b") : Map.of());
    }

    @Test
    void aLayoutKeepsItsOtherImages() throws Exception {
        Path layout = folder.resolve("layout");
        ImageSink one = sinks.of(new Output.OciLayout(layout, "one"));
        one.write(OutgoingImage.of(image, Map.of()), "", ImageFormat.OCI);
        sinks.of(new Output.OciLayout(layout, "two"))
                .write(OutgoingImage.of(image, Map.of()), "localhost/x:1", ImageFormat.DOCKER);
        one.write(OutgoingImage.of(image, Map.of()), "", ImageFormat.OCI);

        assertThat(Json.parseIndex(Files.readAllBytes(layout.resolve("index.json")))
                        .manifests())
                .extracting(manifest -> manifest.annotations().get("org.opencontainers.image.ref.name"))
                .containsExactly("two", "one");
    }

    @Test
    void anIndexIsOneEntryOfALayoutAndOfAnArchive() throws Exception {
        OutgoingIndex index = new OutgoingIndex(
                List.of(OutgoingImage.of(image, Map.of()), OutgoingImage.of(otherPlatform(), Map.of())));
        for (String kind : List.of("oci:", "oci-archive:")) {
            Path target = folder.resolve(kind.replace(":", ""));
            Descriptor written = sinks.of(Destination.parse(kind + target)).write(index, "shop:1", ImageFormat.OCI);

            assertThat(written.mediaType()).isEqualTo(MediaType.OCI_INDEX);
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "needs skopeo");
            run("skopeo", "copy", "--all", "--insecure-policy", kind + target, "dir:" + target + "-copy");
            assertThat(Digest.of(Files.readAllBytes(Path.of(target + "-copy", "manifest.json"))))
                    .isEqualTo(written.digest());
        }
    }

    private ImageConfig otherPlatform() {
        return new ImageConfig(
                new Platform("linux", "riscv64", ""), "me", TIME, image.container(), image.diffIds(), image.history());
    }

    @Test
    void filesOfAnIndexAreInATarUnderTheirPlatforms() throws Exception {
        Path tar = folder.resolve("files.tar");
        OutgoingIndex index = new OutgoingIndex(
                List.of(OutgoingImage.of(image, Map.of()), OutgoingImage.of(otherPlatform(), Map.of())));

        sinks.of(new Output.Tar(tar)).write(index, "", ImageFormat.OCI);

        String own = image.platform().toString().replace('/', '_');
        assertThat(run("tar", "-tf", tar.toString()).lines())
                .containsExactly(
                        own + "/",
                        own + "/base",
                        own + "/hello",
                        "linux_riscv64/",
                        "linux_riscv64/base",
                        "linux_riscv64/hello");
    }

    @Test
    void aDockerArchiveRefusesAnIndex() {
        OutgoingIndex index = new OutgoingIndex(List.of(OutgoingImage.of(image, Map.of())));

        assertThatThrownBy(() -> sinks.of(new Output.DockerArchive(folder.resolve("x.tar"), ""))
                        .write(index, "", ImageFormat.OCI))
                .hasMessageContaining("docker-archive");
    }

    @Test
    void archivesAreTheSameBytesEachTime() throws Exception {
        for (String kind : List.of("oci-archive", "docker-archive")) {
            Path first = folder.resolve("1.tar");
            Path second = folder.resolve("2.tar");
            sinks.of(Destination.parse(kind + ":" + first))
                    .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.OCI);
            Thread.sleep(1100);
            sinks.of(Destination.parse(kind + ":" + second))
                    .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.OCI);

            assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        }
    }

    @Test
    void archivesAreReadBySkopeo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "needs skopeo");
        Path oci = folder.resolve("oci.tar");
        Path docker = folder.resolve("docker.tar");
        sinks.of(new Output.OciArchive(oci, ""))
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.OCI);
        sinks.of(new Output.DockerArchive(docker, ""))
                .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.OCI);

        assertThat(run("skopeo", "inspect", "--config", "oci-archive:" + oci)).contains("\"/hello\"");
        assertThat(run("skopeo", "inspect", "--config", "docker-archive:" + docker + ":localhost/shop:1"))
                .contains("\"/hello\"");
        run("skopeo", "copy", "--insecure-policy", "docker-archive:" + docker, "oci:" + folder.resolve("copy") + ":x");
    }

    @Test
    void outputsAreWellFormedForTheConformanceReader() throws Exception {
        Path reader = Path.of(System.getProperty("conformance.dir", "../../shared/conformance"), "imagefs.py");
        assumeTrue(Files.exists(reader), "needs the conformance corpus at " + reader);
        for (String output : List.of("oci:", "oci-archive:", "docker-archive:")) {
            Path target = folder.resolve(output.replace(":", ""));
            sinks.of(Destination.parse(output + target))
                    .write(OutgoingImage.of(image, Map.of()), "localhost/shop:1", ImageFormat.DOCKER);

            assertThat(run("python3", reader.toString(), target.toString()))
                    .contains("hello")
                    .contains("\"problems\": []");
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> sinks.of(new Output.OciArchive(file.resolve("x.tar"), ""))
                        .write(OutgoingImage.of(image, Map.of()), "", ImageFormat.OCI))
                .isInstanceOfSatisfying(
                        TransferFailed.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
