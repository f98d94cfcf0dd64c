package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralPlatformsTest {
    private static final List<Platform> PLATFORMS =
            List.of(TestBuild.PLATFORM, new Platform("linux", "arm64", ""), new Platform("linux", "arm", "v7"));

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void begin() throws Exception {
        build = new TestBuild(folder).withoutCache();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatDoesNotDependOnThePlatformIsRunOnce(int jobs) throws Exception {
        List<BuiltImage> images = build.image("base", ContainerConfig.EMPTY, List.of())
                .jobs(jobs)
                .builtFor(
                        PLATFORMS,
                        "FROM --platform=$BUILDPLATFORM base AS tools",
                        "RUN [\"make\", \"tools\"]",
                        "FROM --platform=$BUILDPLATFORM tools AS cross",
                        "ARG TARGETARCH",
                        "RUN [\"cross\"]",
                        "FROM scratch",
                        "COPY --from=cross /ran /",
                        "COPY --from=tools /ran /tools");

        assertThat(build.rootfs.processes)
                .extracting(process -> String.join(" ", process.arguments()))
                .containsExactlyInAnyOrder("make tools", "cross", "cross", "cross");
        assertThat(images).extracting(image -> image.config().platform()).isEqualTo(PLATFORMS);
        assertThat(images)
                .extracting(image -> image.config().diffIds())
                .containsOnly(images.get(0).config().diffIds());
    }

    @Test
    void theImageIsCalledOneOfThePlatformThatIsAskedForWhateverItsBaseSays() throws Exception {
        build.image("base", ContainerConfig.EMPTY, List.of());

        assertThat(build.builtFor(PLATFORMS, "FROM --platform=$BUILDPLATFORM base"))
                .extracting(image -> image.config().platform())
                .isEqualTo(PLATFORMS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void eachPlatformHasItsOwnStages(int jobs) throws Exception {
        List<Platform> runnable = List.of(TestBuild.PLATFORM, new Platform("linux", "amd64", "v3"));

        build.jobs(jobs).builtFor(runnable, "FROM scratch", "RUN [\"make\"]");

        assertThat(build.rootfs.processes).hasSize(2);
    }
}
