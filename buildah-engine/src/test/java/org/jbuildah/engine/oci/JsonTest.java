package org.jbuildah.engine.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    @Nested
    class Configs {
        @Test
        void areWrittenInTheOrderOfBuildKit() {
            ContainerConfig container = new ContainerConfig.Builder()
                    .user("app")
                    .exposedPorts(new TreeSet<>(List.of("8080/tcp", "53/udp")))
                    .env(List.of("PATH=/bin", "A=<&>\u2028"))
                    .entrypoint(List.of("/app"))
                    .cmd(List.of())
                    .volumes(new TreeSet<>(List.of("/data")))
                    .workingDir("/srv")
                    .labels(new TreeMap<>(Map.of("b", "2", "a", "1\t\"\\\u0001")))
                    .stopSignal("SIGTERM")
                    .argsEscaped(true)
                    .healthcheck(new Healthcheck(
                            List.of("CMD", "true"),
                            Duration.ofSeconds(5),
                            Duration.ZERO,
                            Duration.ofMillis(1),
                            Duration.ZERO,
                            3))
                    .onBuild(List.of("RUN x"))
                    .shell(List.of("/bin/bash", "-c"))
                    .build();
            ImageConfig image = new ImageConfig(
                    new Platform("linux", "arm", "v7"),
                    "me <me@example.org>",
                    Instant.parse("2024-05-06T07:08:09.120Z"),
                    container,
                    List.of(DiffId.parse(A)),
                    List.of(
                            new History(Instant.EPOCH, "COPY a b # buildkit", "", "buildkit.dockerfile.v0", false),
                            new History(null, "CMD [\"x\"]", "you", "", true)));

            assertThat(new String(Json.write(image), UTF_8))
                    .isEqualTo("{\"architecture\":\"arm\",\"author\":\"me \\u003cme@example.org\\u003e\",\"config\":{"
                            + "\"User\":\"app\",\"ExposedPorts\":{\"53/udp\":{},\"8080/tcp\":{}},"
                            + "\"Env\":[\"PATH=/bin\",\"A=\\u003c\\u0026\\u003e\\u2028\"],\"Entrypoint\":[\"/app\"],"
                            + "\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/srv\","
                            + "\"Labels\":{\"a\":\"1\\t\\\"\\\\\\u0001\",\"b\":\"2\"},\"StopSignal\":\"SIGTERM\","
                            + "\"ArgsEscaped\":true,\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"],\"Interval\":5000000000,"
                            + "\"StartPeriod\":1000000,\"Retries\":3},\"OnBuild\":[\"RUN x\"],"
                            + "\"Shell\":[\"/bin/bash\",\"-c\"]},\"created\":\"2024-05-06T07:08:09.12Z\","
                            + "\"history\":[{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"COPY a b # buildkit\","
                            + "\"comment\":\"buildkit.dockerfile.v0\"},{\"created_by\":\"CMD [\\\"x\\\"]\",\"author\":\"you\","
                            + "\"empty_layer\":true}],\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                            + A
                            + "\"]},\"variant\":\"v7\"}");
            assertThat(Json.parseConfig(Json.write(image)))
                    .isEqualTo(new ImageConfig(
                            image.platform(),
                            image.author(),
                            image.created(),
                            container.with().cmd(null).build(),
                            image.diffIds(),
                            image.history()));
        }

        @Test
        void emptyOnesKeepTheirObjects() {
            ImageConfig image = new ImageConfig(AMD64, "", null, ContainerConfig.EMPTY, List.of(), List.of());

            assertThat(new String(Json.write(image), UTF_8))
                    .isEqualTo("{\"architecture\":\"amd64\",\"config\":{},\"history\":[],\"os\":\"linux\","
                            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
        }

        @Test
        void ofOldDockersAreReadWithoutTheirOtherFields() {
            ImageConfig image = Json.parseConfig(("{\"docker_version\":\"1.13\",\"container_config\":{\"Tty\":false},"
                            + "\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2016-01-02T03:04:05.6+02:00\","
                            + "\"config\":{\"Hostname\":\"\",\"Env\":null,\"Cmd\":[],\"Entrypoint\":null,\"Volumes\":null,"
                            + "\"Memory\":0},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + A + "\"]}}")
                    .getBytes(UTF_8));

            assertThat(image.created()).isEqualTo(Instant.parse("2016-01-02T01:04:05.6Z"));
            assertThat(image.container().cmd()).isEmpty();
            assertThat(image.container().entrypoint()).isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[]|the image config is not a JSON object",
                    "{|the image config is not JSON: End of input at line 1",
                    "{broken|the image config is not JSON: malformed JSON at line 1 column 3",
                    "{'rootfs':{}}x|the image config is not JSON",
                    "{} {}|the image config is not JSON",
                    "{}|the image config.rootfs is missing",
                    "{\"rootfs\":[]}|the image config.rootfs must be an object, and is a list",
                    "{\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}|not a digest: \"sha256:1\"",
                    "{\"rootfs\":{},\"config\":{\"Env\":\"A=1\"}}|the image config.config.Env must be a list, and is \"A=1\"",
                    "{\"rootfs\":{},\"config\":{\"Env\":[1]}}|the image config.config.Env[0] must be a string, and is 1",
                    "{\"rootfs\":{},\"created\":\"yesterday\"}|which is no RFC 3339 time",
                    "{\"rootfs\":{},\"config\":{\"Healthcheck\":{\"Interval\":1.5}}}|which is no 64-bit integer",
                })
        void ofAnotherShapeAreRefusedByField(String json, String message) {
            assertThatThrownBy(() -> Json.parseConfig(json.getBytes(UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Nested
    class Manifests {
        @Test
        void areWrittenInTheOrderOfTheSpecification() {
            Digest digest = Digest.parse(A);
            Manifest manifest = new Manifest(
                    MediaType.OCI_MANIFEST,
                    new Descriptor(MediaType.OCI_CONFIG, digest, 2),
                    List.of(new Descriptor(MediaType.OCI_LAYER, digest, 3, Map.of("z", "1", "a", "2"), null)),
                    Map.of("k", "v"));

            assertThat(new String(Json.write(manifest), UTF_8))
                    .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                            + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + A
                            + "\",\"size\":2},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                            + "\"digest\":\"" + A + "\",\"size\":3,\"annotations\":{\"a\":\"2\",\"z\":\"1\"}}],"
                            + "\"annotations\":{\"k\":\"v\"}}");
            assertThat(Json.parseManifest(Json.write(manifest))).isEqualTo(manifest);
        }

        @Test
        void inAnIndexCarryTheirPlatform() {
            Index index = new Index(
                    MediaType.OCI_INDEX,
                    List.of(new Descriptor(
                            MediaType.OCI_MANIFEST,
                            Digest.parse(A),
                            9_000_000_000L,
                            Map.of(),
                            new Platform("linux", "arm", "v7"))),
                    Map.of());

            assertThat(new String(Json.write(index), UTF_8))
                    .endsWith(
                            "\"size\":9000000000,\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}}]}");
            assertThat(Json.parseIndex(Json.write(index))).isEqualTo(index);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"schemaVersion\":2,\"manifests\":[]}|application/vnd.oci.image.index.v1+json",
                    "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}|application/vnd.oci.image.manifest.v1+json",
                    "{\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\"}}"
                            + "|application/vnd.docker.distribution.manifest.v2+json",
                    "{\"mediaType\":\"x/y\"}|x/y",
                })
        void sayTheirMediaTypeOrLetItBeDeduced(String json, String mediaType) {
            assertThat(Json.mediaTypeOf(json.getBytes(UTF_8))).isEqualTo(mediaType);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"schemaVersion\":1,\"fsLayers\":[]}|has schemaVersion 1",
                    "{\"layers\":[],\"manifests\":[]}|both \"layers\" and \"manifests\"",
                    "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"layers\":[]}|its fields say otherwise",
                    "{}|neither \"layers\" nor \"manifests\"",
                })
        void thatAreNoneAreRefused(String json, String message) {
            assertThatThrownBy(() -> Json.mediaTypeOf(json.getBytes(UTF_8))).hasMessageContaining(message);
        }
    }

    @Property
    void anyTextSurvivesWritingAndReading(@ForAll String text) {
        String whole = new String(text.getBytes(UTF_8), UTF_8); // without half surrogate pairs
        ImageConfig image = new ImageConfig(AMD64, whole, null, ContainerConfig.EMPTY, List.of(), List.of());

        assertThat(Json.parseConfig(Json.write(image)).author()).isEqualTo(whole);
    }
}
