package org.jbuildah.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.DockerfileSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFactoryTest {
    @TempDir
    Path module;

    private final ImageConfiguration image = new ImageConfiguration();
    private final Map<String, String> userProperties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private boolean offline;

    @BeforeEach
    void dockerfile() throws IOException {
        Files.writeString(module.resolve("Dockerfile"), "FROM scratch\n");
    }

    @Test
    void aDockerfileBesideThePomNeedsNoConfiguration() {
        BuildRequest request = request();

        assertThat(request.input().context()).isEqualTo(new ContextSource.Local(module));
        assertThat(request.input().dockerfile()).isEqualTo(file("Dockerfile"));
        assertThat(request.names()).containsExactly("shop:1.0-SNAPSHOT");
        assertThat(request.modes()).isEqualTo(ModeOptions.DEFAULT);
        assertThat(request.pull()).isEqualTo(PullPolicy.MISSING);
        assertThat(request.runs().timeout()).isNull();
        assertThat(request.useCache()).isTrue();
        assertThat(request.registries().verifyTls()).isTrue();
        assertThat(request.outputs()).containsExactly(new Output.OciLayout(module.resolve("target/shop-oci"), ""));
    }

    private DockerfileSource file(String name) {
        return new DockerfileSource.File(module.resolve(name));
    }

    @Test
    void aNameInLowerCaseIsFoundToo() throws IOException {
        Files.move(module.resolve("Dockerfile"), module.resolve("dockerfile"));

        assertThat(request().input().dockerfile()).isEqualTo(file("dockerfile"));
    }

    @Test
    void aContainerfileIsFoundToo() throws IOException {
        Files.move(module.resolve("Dockerfile"), module.resolve("Containerfile"));

        assertThat(request().input().dockerfile()).isEqualTo(file("Containerfile"));
    }

    @Test
    void aMissingDockerfileIsRefusedWithARemedy() throws IOException {
        Files.delete(module.resolve("Dockerfile"));

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(this::request)
                .satisfies(letter -> {
                    assertThat(letter.code()).isEqualTo(FailureCode.DOCKERFILE_NOT_FOUND);
                    assertThat(letter.what())
                            .contains(module.resolve("Dockerfile").toString());
                    assertThat(letter.remedy()).contains("<dockerfile>").contains("<skip>");
                });
    }

    @Test
    void aNamedDockerfileIsRelativeToTheModule() throws IOException {
        Files.createDirectories(module.resolve("src/docker"));
        Files.writeString(module.resolve("src/docker/My.Dockerfile"), "FROM scratch\n");

        assertThat(request(image.dockerfile(Path.of("src/docker/My.Dockerfile")))
                        .input()
                        .dockerfile())
                .isEqualTo(file("src/docker/My.Dockerfile"));
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.dockerfile(Path.of("no/Dockerfile"))))
                .withMessageContaining("no/Dockerfile");
    }

    @Test
    void contextsBaseAndStagesReachTheRequest() {
        Map<String, String> contexts = new HashMap<>();
        contexts.put("tools", "src/tools");
        contexts.put("base", "docker-image://debian:12");
        contexts.put("more", "https://example.org/more.git#main:dir");

        BuildRequest request = request(image.sources(new SourceConfiguration()
                .contexts(contexts)
                .ignoreFile(Path.of("src/docker/ignored"))
                .baseImage(" alpine:3 ")
                .platform("arm64")
                .jobs(2)));

        assertThat(request.input().namedContexts())
                .containsOnly(
                        Map.entry("tools", new ContextSource.Local(module.resolve("src/tools"))),
                        Map.entry("base", new ContextSource.Image("debian:12")),
                        Map.entry("more", new ContextSource.Remote("https://example.org/more.git#main:dir")));
        assertThat(request.input().ignoreFile()).isEqualTo(module.resolve("src/docker/ignored"));
        assertThat(request.input().firstBase()).isEqualTo("alpine:3");
        assertThat(request.stages().platforms()).extracting(Platform::toString).containsExactly("linux/arm64");
        assertThat(request.stages().jobs()).isEqualTo(2);
    }

    @Test
    void severalPlatformsReachTheRequestAndOneAmongThemDoesNot() {
        BuildRequest request =
                request(image.sources(new SourceConfiguration().platforms(List.of("linux/amd64", " arm64"))));

        assertThat(request.stages().platforms())
                .extracting(Platform::toString)
                .containsExactly("linux/amd64", "linux/arm64");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.sources(
                        new SourceConfiguration().platform("amd64").platforms(List.of("arm64")))))
                .withMessageContaining("<platform> and <platforms>");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.sources(new SourceConfiguration().platforms(List.of("toaster")))))
                .withMessageContaining("<platforms> is \"toaster\"");
    }

    @Test
    void aWrongPlatformNumberOfJobsOrContextIsRefusedByName() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.sources(new SourceConfiguration().platform("toaster"))))
                .withMessageContaining("<platform> is \"toaster\"");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.sources(new SourceConfiguration().jobs(-1))))
                .withMessageContaining("<jobs> is -1");
        Map<String, String> empty = new HashMap<>();
        empty.put("tools", null);
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.sources(new SourceConfiguration().contexts(empty))))
                .withMessageContaining("\"tools\" in <contexts> is empty");
    }

    @Test
    void aMissingContextIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.context(Path.of("nowhere"))))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.CONTEXT_NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "Shop_App, 1.0+build.7, shop-app:1.0-build.7",
        "shop.web, 2, shop-web:2",
        "_x_, -1, x:1",
    })
    void whatANameMayNotHaveIsReplacedInTheDefault(String artifact, String version, String name) {
        Surroundings surroundings =
                new Surroundings(module, module.resolve("target"), artifact, version, false, Map.of(), Map.of());

        assertThat(new RequestFactory(image, surroundings).request().names()).containsExactly(name);
    }

    @Test
    void whatIsSaidAboutEveryRunReachesTheRequest() {
        RunOptions runs = request(image.runs(new RunConfiguration()
                        .addedCapabilities(List.of("NET_ADMIN"))
                        .droppedCapabilities(List.of("all"))
                        .ulimits(List.of("nofile=1024:4096"))
                        .shmSize("1m")
                        .groups(List.of("staff"))
                        .cacheTtlInSeconds(3600)
                        .keepFailed(true)
                        .network("none")
                        .hosts(List.of("db:192.0.2.7"))
                        .dnsServers(List.of("192.0.2.53"))
                        .dnsSearches(List.of("corp"))
                        .dnsOptions(List.of("rotate"))))
                .runs();

        assertThat(runs.capabilities()).containsExactly(Capability.NET_ADMIN);
        assertThat(runs.groups()).containsExactly("staff");
        assertThat(runs.cacheTtl()).hasHours(1);
        assertThat(runs.ulimits()).extracting(Ulimit::toString).containsExactly("nofile=1024:4096");
        assertThat(runs.sharedMemoryInBytes()).isEqualTo(1 << 20);
        assertThat(runs.onFailure().keep()).isTrue();
        assertThat(runs.network())
                .isEqualTo(new RunNetwork(
                        RunNetwork.Access.NONE,
                        List.of(new RunNetwork.HostEntry("db", "192.0.2.7")),
                        true,
                        new RunNetwork.Resolver(true, List.of("192.0.2.53"), List.of("corp"), List.of("rotate"))));
    }

    @Test
    void aRunIsAsUsualWhereNothingIsSaid() {
        assertThat(request(image.runs(new RunConfiguration().ulimits(null).shmSize(" ")))
                        .runs())
                .isEqualTo(RunOptions.DEFAULT);
    }

    @Test
    void aTagIsOneOfTheSameRepositoryUnlessItIsAWholeName() {
        image.image("registry.example.com:5000/team/shop:1.0").tags(List.of("latest", "other:2"));

        assertThat(request().names())
                .containsExactly(
                        "registry.example.com:5000/team/shop:1.0",
                        "registry.example.com:5000/team/shop:latest",
                        "other:2");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.image("Shop:1.0")))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.REFERENCE_INVALID))
                .withMessageContaining("Shop");
    }

    @Test
    void theHelperImageOfThePomCountsBeforeTheEnvironments() {
        assertThat(request().helper().image()).isEqualTo("docker.io/library/eclipse-temurin:17-jre");

        environment.put("BUILDAH_HELPER_IMAGE", "registry.example.com/jre:21");
        assertThat(request().helper().image()).isEqualTo("registry.example.com/jre:21");
        assertThat(request(image.helperImage("jre:25")).helper().image()).isEqualTo("jre:25");
    }

    @Test
    void propertiesCountBeforeThePom() {
        image.args(new HashMap<>(Map.of("JAVA", "17", "KEPT", "yes"))).labels(Map.of("a", "b"));
        userProperties.put("buildah.args.JAVA", "21");
        userProperties.put("buildah.args.NEW", "x=y");

        assertThat(request().args())
                .containsOnly(Map.entry("JAVA", "21"), Map.entry("KEPT", "yes"), Map.entry("NEW", "x=y"));
        assertThat(request().image().labels().set()).containsOnly(Map.entry("a", "b"));
    }

    @Test
    void anArgumentWithoutTextIsEmpty() {
        Map<String, String> args = new HashMap<>();
        args.put("EMPTY", null);

        assertThat(request(image.args(args)).args()).containsOnly(Map.entry("EMPTY", ""));
    }

    @Test
    void aTimeoutIsInSeconds() {
        assertThat(request(image.timeoutInSeconds(90)).runs().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThatExceptionOfType(RequestInvalid.class).isThrownBy(() -> request(image.timeoutInSeconds(-1)));
    }

    @Test
    void outputsAreRelativeToTheModule() {
        OutputConfiguration archive = new OutputConfiguration();
        archive.setType("docker-archive");
        archive.setPath("target/image.tar");
        archive.setTag("shop:x");
        OutputConfiguration inShort = new OutputConfiguration();
        inShort.set("oci-archive:out.tar");
        OutputConfiguration layout = new OutputConfiguration();
        layout.set("target/layout");
        OutputConfiguration registry = new OutputConfiguration();
        registry.set("registry:localhost:5000/shop:1");

        assertThat(request(image.outputs(List.of(archive, inShort, layout, registry)))
                        .outputs())
                .containsExactly(
                        new Output.DockerArchive(module.resolve("target/image.tar"), "shop:x"),
                        new Output.OciArchive(module.resolve("out.tar"), ""),
                        new Output.OciLayout(module.resolve("target/layout"), ""),
                        new Output.Registry("localhost:5000/shop:1"));
        // what Maven gives where nothing is configured
        assertThat(request(image.outputs(List.of())).outputs())
                .containsExactly(new Output.OciLayout(module.resolve("target/shop-oci"), ""));
    }

    @Test
    void anOutputThatIsNoneIsRefused() {
        OutputConfiguration unknown = new OutputConfiguration();
        unknown.setType("zip");
        unknown.setPath("x");

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.outputs(List.of(unknown))))
                .withMessageContaining("\"zip\"");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.outputs(List.of(new OutputConfiguration()))))
                .withMessageContaining("no <path>");
    }

    @Test
    void aPushNeedsANameThatSaysItsRegistry() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.push(true)))
                .withMessageContaining("says no registry");
        image.image("registry.example.com/shop:1").tags(List.of("latest"));
        assertThat(request(image.push(true)).outputs())
                .containsExactly(
                        new Output.OciLayout(module.resolve("target/registry.example.com-shop-oci"), ""),
                        new Output.Registry("registry.example.com/shop:1"),
                        new Output.Registry("registry.example.com/shop:latest"));
        assertThat(request(image.image("docker.io/acme/shop:1")).outputs())
                .contains(new Output.Registry("docker.io/acme/shop:1"));
    }

    @Test
    void offlineNothingIsFetchedOrPushed() {
        offline = true;

        assertThat(request().pull()).isEqualTo(PullPolicy.NEVER);
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.pull("always")))
                .withMessageContaining("offline");
        image.pull("newer").image("registry.example.com/shop:1");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> request(image.push(true)))
                .withMessageContaining("offline");
    }

    @Test
    void proxiesOfTheEnvironmentAreForRuns() {
        environment.put("HTTPS_PROXY", "http://proxy:3128");
        environment.put("no_proxy", "localhost");
        environment.put("OTHER", "x");

        assertThat(request().runs().proxyVariables())
                .containsOnly(Map.entry("HTTPS_PROXY", "http://proxy:3128"), Map.entry("no_proxy", "localhost"));
    }

    private BuildRequest request(ImageConfiguration configuration) {
        assertThat(configuration).isSameAs(image);
        return request();
    }

    private BuildRequest request() {
        Surroundings surroundings = new Surroundings(
                module, module.resolve("target"), "shop", "1.0-SNAPSHOT", offline, userProperties, environment);
        return new RequestFactory(image, surroundings).request();
    }
}
