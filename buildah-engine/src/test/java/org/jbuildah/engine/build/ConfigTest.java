package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void wordsOfOneInstructionSeeTheVariablesBeforeIt() throws Exception {
        ImageConfig image = build.build("FROM scratch", "ENV a=1", "ENV a=2 b=$a");

        assertThat(image.container().env()).contains("a=2", "b=1");
    }

    @Test
    void scratchHasNoFilesToCopyFrom() throws Exception {
        ImageConfig image = build.build("FROM scratch", "COPY --from=scratch /* /");

        assertThat(build.files(image)).isEmpty();
    }

    @Test
    void everyImageHasASearchPath() throws Exception {
        build.image("base", ContainerConfig.EMPTY.with().env(List.of("A=1")).build(), List.of());

        assertThat(build.build("FROM base", "ENV B=2").container().env())
                .containsExactly("A=1", ImageDraft.DEFAULT_PATH, "B=2");
    }

    @Test
    void ofEnvironmentAndArgumentTheLaterOneCounts() throws Exception {
        ImageConfig image = build.args(Map.of("v", "arg", "w", "arg"))
                .build("FROM scratch", "ENV v=env", "ARG v w", "ENV w=env", "LABEL v=$v w=$w");

        assertThat(image.container().labels()).containsEntry("v", "arg").containsEntry("w", "env");
    }

    @Test
    void anEntrypointDropsTheInheritedCommandAndKeepsTheStagesOwn() throws Exception {
        ContainerConfig base = ContainerConfig.EMPTY.with().cmd(List.of("old")).build();
        build.image("base", base, List.of());

        assertThat(build.build("FROM base", "ENTRYPOINT [\"e\"]").container().cmd())
                .isNull();
        assertThat(build.build("FROM base", "CMD [\"new\"]", "ENTRYPOINT [\"e\"]")
                        .container()
                        .cmd())
                .containsExactly("new");
    }

    @Test
    void shellFormGoesThroughTheShellThatIsSet() throws Exception {
        ImageConfig image = build.build("FROM scratch", "SHELL [\"/bin/ash\", \"-ec\"]", "CMD echo hi");

        assertThat(image.container().cmd()).containsExactly("/bin/ash", "-ec", "echo hi");
    }

    @Test
    void portsAreExpandedAndGivenAProtocol() throws Exception {
        ImageConfig image = build.build("FROM scratch", "ARG p=53/UDP", "EXPOSE 8000-8002 $p 127.0.0.1:80:81");

        assertThat(image.container().exposedPorts())
                .containsExactly("53/udp", "8000/tcp", "8001/tcp", "8002/tcp", "81/tcp");
    }

    @Test
    void whatIsNoPortOrSignalIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> build.build("FROM scratch", "EXPOSE 80/http"))
                .isInstanceOfSatisfying(DockerfileInvalid.class, letter -> assertThat(letter.letter())
                        .contains("Dockerfile:2", "http"));
        assertThatThrownBy(() -> build.build("FROM scratch", "STOPSIGNAL SIGNOPE"))
                .isInstanceOf(DockerfileInvalid.class);
    }

    @Test
    void historyReadsAsBuildKitWritesIt() throws Exception {
        ImageConfig image = build.file("a", "a")
                .build(
                        "FROM scratch",
                        "ARG v=1",
                        "ENV A=b C=\"d e\"",
                        "COPY --chmod=644 --chown=1 a /x/",
                        "WORKDIR /w",
                        "HEALTHCHECK --interval=90s CMD check it",
                        "RUN [\"/bin/true\", \"x\"]",
                        "VOLUME /d",
                        "CMD [\"a\\\"b\"]");

        assertThat(image.history().stream().map(History::createdBy))
                .containsExactly(
                        "ARG v=1",
                        "ENV A=b C=d e",
                        "COPY --chown=1 --chmod=644 a /x/ # buildkit",
                        "WORKDIR /w",
                        "HEALTHCHECK {Test:[CMD-SHELL check it] Interval:1m30s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}",
                        "RUN |1 v=1 /bin/true x # buildkit",
                        "VOLUME [/d]",
                        "CMD [\"a\\\"b\"]");
        assertThat(image.history().stream().filter(line -> !line.emptyLayer()).count())
                .isEqualTo(image.diffIds().size());
    }

    @Test
    void anArgumentsLineSaysTheValueThatItGaveItself() throws Exception {
        ImageConfig image = build.build("ARG g=global", "FROM scratch", "ARG v=1", "ARG v", "ARG g");

        assertThat(image.history().stream().map(History::createdBy))
                .containsExactly("ARG v=1", "ARG v", "ARG g=global");
    }

    @Test
    void fromIsNoPartOfACopysLine() throws Exception {
        ImageConfig image =
                build.file("a", "a").build("FROM scratch AS one", "COPY a /", "FROM scratch", "COPY --from=one /a /b");

        assertThat(image.history().get(0).createdBy()).isEqualTo("COPY /a /b # buildkit");
    }

    @Test
    void triggersOfTheBaseRunFirstAndAreGoneAfter() throws Exception {
        ContainerConfig base = ContainerConfig.EMPTY
                .with()
                .onBuild(List.of("ENV T=1", "WORKDIR /t"))
                .build();
        ImageConfig image = build.image("base", base, List.of()).build("FROM base", "LABEL l=$T");

        assertThat(image.container().labels()).containsEntry("l", "1");
        assertThat(image.container().workingDir()).isEqualTo("/t");
        assertThat(image.container().onBuild()).isEmpty();
    }
}
