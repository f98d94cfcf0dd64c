package org.jbuildah.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.ResultFiles;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralPlatformsTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private static final Platform S390X = new Platform("linux", "s390x", "");

    @TempDir
    Path folder;

    private final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
    private BuildEngine engine;
    private Path context;

    @BeforeEach
    void open() throws IOException {
        context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("file"), "content\n");
        dockerfile(
                """
                FROM scratch AS common
                COPY file /common
                FROM scratch
                ARG TARGETARCH
                COPY --from=common /common /for-$TARGETARCH
                """);
        engine = BuildEngine.open(folder.resolve("store"), events::add);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private BuildRequest.Builder request(Platform... platforms) {
        return BuildRequest.of(context).stages(StageOptions.DEFAULT.withPlatforms(List.of(platforms)));
    }

    private Index index(Path layout) throws IOException {
        Descriptor entry = Json.parseIndex(Files.readAllBytes(layout.resolve("index.json")))
                .manifests()
                .get(0);
        return Json.parseIndex(Files.readAllBytes(
                layout.resolve("blobs/sha256").resolve(entry.digest().hex())));
    }

    private List<String> platforms(Path layout) throws IOException {
        return index(layout).manifests().stream()
                .map(each -> String.valueOf(each.platform()))
                .toList();
    }

    @Test
    void theTagNamesAnIndexWithAnImageForEachPlatform() throws Exception {
        Path layout = folder.resolve("oci");

        BuildResult result = engine.build(request(AMD64, ARM64)
                .names(List.of("shop:1"))
                .outputs(List.of(new Output.OciLayout(layout, ""), new Output.Local(folder.resolve("files"))))
                .build());

        assertThat(platforms(layout)).containsExactly("linux/amd64", "linux/arm64");
        assertThat(result.imageId()).isEqualTo(result.manifest());
        assertThat(result.delivered().get(0).manifest()).isEqualTo(result.manifest());
        assertThat(result.platforms()).containsExactly(AMD64, ARM64);
        assertThat(engine.images())
                .extracting(image -> image.name() + " " + image.platform())
                .containsExactly("localhost/shop:1 linux/amd64", "localhost/shop:1 linux/arm64");
        assertThat(folder.resolve("files/linux_amd64/for-amd64")).hasContent("content\n");
        assertThat(folder.resolve("files/linux_arm64/for-arm64")).hasContent("content\n");
        assertThat(engine.fsck()).isEmpty();
    }

    @Test
    void dockersFormatHasAListOfManifests() throws Exception {
        Path layout = folder.resolve("oci");

        engine.build(request(AMD64, ARM64)
                .image(ImageOptions.DEFAULT.withDockerFormat(true))
                .outputs(List.of(new Output.OciLayout(layout, "")))
                .build());

        assertThat(index(layout).mediaType()).isEqualTo(MediaType.DOCKER_LIST);
        assertThat(index(layout).manifests()).extracting(Descriptor::mediaType).containsOnly(MediaType.DOCKER_MANIFEST);
    }

    @Test
    void manifestAddsToAnIndexAndReplacesTheSamePlatform() throws Exception {
        engine.build(request(AMD64).index("all:1").names(List.of("one:1")).build());
        engine.build(request(ARM64).index("all:1").build());
        dockerfile("FROM scratch\nCOPY file /again\n");
        engine.build(request(AMD64).index("all:1").build());
        Path layout = folder.resolve("oci");

        engine.push("all:1", "oci:" + layout, null, LayerCompression.DEFAULT, RegistryOptions.DEFAULT);

        assertThat(platforms(layout)).containsExactly("linux/arm64", "linux/amd64");
        assertThat(engine.images())
                .extracting(image -> image.name() + " " + image.platform())
                .containsExactly(
                        "localhost/all:1 linux/arm64", "localhost/all:1 linux/amd64", "localhost/one:1 linux/amd64");
    }

    @Test
    void anImagesNameIsNoIndexToAddTo() throws Exception {
        engine.build(request(AMD64).names(List.of("one:1")).build());

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> engine.build(request(ARM64).index("one:1").build()))
                .withMessageContaining("\"localhost/one:1\", and that name is an image's");
    }

    @Test
    void anIndexOfOnesOwnIsABaseImage() throws Exception {
        engine.build(request(AMD64, ARM64).names(List.of("base:1")).build());
        dockerfile("FROM base:1\nARG TARGETARCH\nCOPY --from=base:1 /for-$TARGETARCH /copied\n");
        Path files = folder.resolve("files");

        engine.build(
                request(ARM64, AMD64).outputs(List.of(new Output.Local(files))).build());

        assertThat(files.resolve("linux_arm64/copied")).hasContent("content\n");
        assertThat(files.resolve("linux_arm64/for-arm64")).hasContent("content\n");
        assertThat(files.resolve("linux_amd64/for-amd64")).hasContent("content\n");
    }

    @Test
    void whatHoldsOneImageIsRefusedBeforeAnythingIsBuilt() {
        Output archive = new Output.DockerArchive(folder.resolve("x.tar"), "");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(
                        () -> request(AMD64, ARM64).outputs(List.of(archive)).build())
                .withMessageContaining("holds images without their platforms");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(AMD64, ARM64)
                        .files(new ResultFiles(folder.resolve("id"), null, null))
                        .build())
                .withMessageContaining("holds one id");
    }

    @Test
    void metadataTellsOfTheIndex() throws Exception {
        Path metadata = folder.resolve("metadata.json");

        BuildResult result = engine.build(request(AMD64, ARM64)
                .names(List.of("shop:1"))
                .files(new ResultFiles(null, null, metadata))
                .build());

        assertThat(Files.readString(metadata, UTF_8))
                .contains("\"containerimage.digest\":\"" + result.manifest() + "\"", MediaType.OCI_INDEX)
                .doesNotContain("config.digest");
    }

    @Test
    void stagesAreNamedWithTheirPlatform() throws Exception {
        engine.build(request(AMD64, ARM64).build());

        assertThat(events)
                .filteredOn(BuildEvent.StageStarted.class::isInstance)
                .extracting(event -> ((BuildEvent.StageStarted) event).stage())
                .containsExactlyInAnyOrder(
                        "linux/amd64 common", "linux/amd64 stage-1", "linux/arm64 common", "linux/arm64 stage-1");
    }

    private BuildResult buildForAll() throws InterruptedException {
        return engine.build(BuildRequest.of(context)
                .stages(StageOptions.DEFAULT.withAllPlatforms(true))
                .build());
    }

    private void base(String name, Platform... platforms) throws IOException, InterruptedException {
        dockerfile("FROM scratch\nCOPY file /" + name + "\n");
        engine.build(request(platforms).names(List.of(name)).build());
    }

    @Test
    void allPlatformsAreThoseThatEveryBaseIsThereFor() throws Exception {
        base("wide", ARM64, AMD64, S390X);
        base("narrow", AMD64, S390X);
        dockerfile("FROM wide AS a\nFROM narrow AS b\nFROM scratch\nCOPY --from=a /wide /\nCOPY --from=b /narrow /\n");

        assertThat(buildForAll().platforms()).containsExactly(AMD64, S390X);
    }

    @Test
    void aStageOfThisMachineIsNotAskedForTheOthers() throws Exception {
        base("own", Platform.ofThisMachine());
        base("wide", ARM64, AMD64, S390X);
        dockerfile("FROM --platform=$BUILDPLATFORM own AS tools\nFROM wide\nCOPY --from=tools /own /\n");

        assertThat(buildForAll().platforms()).containsExactlyInAnyOrder(ARM64, AMD64, S390X);
    }

    @Test
    void allPlatformsNeedBasesThatHaveOneInCommon() throws Exception {
        assertThatThrownBy(this::buildForAll)
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("no stage stands on an image");
        base("one", ARM64);
        base("other", S390X);
        dockerfile("FROM one AS a\nFROM other\nCOPY --from=a /one /\n");
        assertThatThrownBy(this::buildForAll)
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("no platform of Linux in common");
        assertThatThrownBy(
                        () -> StageOptions.DEFAULT.withPlatforms(List.of(AMD64)).withAllPlatforms(true))
                .isInstanceOf(RequestInvalid.class);
    }
}
