package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.OnFailure;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.registry.CredentialLookup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds by a {@code docker} that starts the container's JVM on this machine, and writes down what it was asked. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class HelperContainerBuildTest {
    @TempDir
    Path temp;

    private final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
    private Path context;

    @BeforeEach
    void context() throws IOException {
        context = Files.createDirectories(temp.resolve("context/sub"));
        Files.writeString(context.resolve("file"), "content\n");
        context = temp.resolve("context");
        Files.writeString(context.resolve("left-out"), "");
        Files.writeString(context.resolve(".dockerignore"), "left-out\n");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nARG WORD\nCOPY . /srv/\nLABEL word=$WORD\n");
    }

    /** @param start what it does for {@code docker start} */
    private void docker(String create, String start) throws IOException {
        Path docker = Files.createDirectories(temp.resolve("bin")).resolve("docker");
        Files.writeString(
                docker,
                "#!/bin/sh\necho \"$*\" >> " + temp + "/asked\ncase $1 in\ncreate) " + create
                        + " ;;\ncp) cat > /dev/null ;;\nstart) " + start + " ;;\nesac\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String server() {
        return "exec '" + Path.of(System.getProperty("java.home"), "bin/java") + "' -cp '"
                + System.getProperty("java.class.path") + "' " + HelperMain.class.getName() + " " + temp + "/volume";
    }

    private BuildRequest.Builder request() {
        return BuildRequest.of(context).modes(ModeOptions.DEFAULT.withMode(BuildMode.DOCKER_WITH_FUSE));
    }

    private BuildResult build(String store, BuildRequest request) throws InterruptedException {
        Map<String, String> environment = Map.of("PATH", temp.resolve("bin").toString());
        try (BuildEngine engine =
                BuildEngine.open(temp.resolve(store), events::add, CredentialLookup.none(), environment)) {
            return engine.build(request);
        }
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(temp.resolve("asked"));
    }

    @Test
    void theImageIsThatOfANativeBuildAndLiesInThisStore() throws Exception {
        docker("true", server());
        Map<String, String> args = Map.of("WORD", "said");

        BuildResult there = build("store", request().args(args).build());
        BuildResult here = build("native", BuildRequest.of(context).args(args).build());

        assertThat(there.imageId()).isEqualTo(here.imageId());
        assertThat(there.manifest()).isEqualTo(here.manifest());
        assertThat(events)
                .anyMatch(event -> event instanceof BuildEvent.HostJudged judged
                        && judged.reasons().get(0).contains("by docker")
                        && judged.reasons().get(0).contains("rung 6"));
    }

    @Test
    void theVolumeKeepsTheCache() throws Exception {
        docker("true", server());
        build("store", request().build());
        events.clear();

        build("store", request().build());

        assertThat(events).anyMatch(BuildEvent.StepCached.class::isInstance);
    }

    @Test
    void noCommandLineHasSecretsArgumentsOrPaths() throws Exception {
        docker("true", server());
        Lent lent = new Lent(Map.of("token", new SecretSource.OfBytes("s3cret".getBytes())), Map.of(), List.of());

        build(
                "store",
                request()
                        .args(Map.of("WORD", "argument"))
                        .runs(RunOptions.DEFAULT.withLent(lent))
                        .build());

        assertThat(asked()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(String.join("\n", asked()))
                .doesNotContain("s3cret")
                .doesNotContain("argument")
                .doesNotContain(temp.toString());
    }

    @Test
    void aFailureReadsAsOfANativeBuild() throws Exception {
        docker("true", server());
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY left-out /\n");

        BuildException there = failure("store", request().build());
        BuildException here = failure("native", BuildRequest.of(context).build());

        assertThat(there).isInstanceOf(StepFailed.class);
        assertThat(there.letter()).isEqualTo(here.letter()).contains(".dockerignore line 1");
    }

    private BuildException failure(String store, BuildRequest request) throws InterruptedException {
        try {
            build(store, request);
        } catch (BuildException failure) {
            return failure;
        }
        throw new AssertionError("it was built");
    }

    @Test
    void whatWasMadeIsRemovedWhenItDoesNotStart() throws Exception {
        docker("true", "echo 'java: not found' >&2; exit 127");

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> build("store", request().build()))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.HELPER_IMAGE_UNAVAILABLE));
        assertThat(asked()).last().asString().startsWith("rm --force jbuildah-");
    }

    @Test
    void whatCannotBeMadeIsRemovedAllTheSame() throws Exception {
        docker("echo 'Cannot connect to the Docker daemon' >&2; exit 1", "true");

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> build("store", request().build()))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.HELPER_DAEMON_UNREACHABLE));
        assertThat(asked()).last().asString().startsWith("rm --force jbuildah-");
    }

    @Test
    void anInterruptRemovesTheContainer() throws Exception {
        docker("true", "exec sleep 4721");
        List<Throwable> thrown = new ArrayList<>();
        Thread building = new Thread(() -> {
            try {
                build("store", request().build());
            } catch (InterruptedException | BuildException e) {
                thrown.add(e);
            }
        });
        building.start();
        while (!Files.exists(temp.resolve("asked")) || asked().size() < 3) {
            Thread.sleep(20);
        }

        building.interrupt();
        building.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(asked()).last().asString().startsWith("rm --force jbuildah-");
    }

    @Test
    void whatCouldNotBeEnteredLaterIsNotKept() throws Exception {
        docker("true", server());
        BuildRequest keeping = request()
                .runs(RunOptions.DEFAULT.withOnFailure(OnFailure.NOTHING.withKeep(true)))
                .build();

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> build("store", keeping))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.FLAG_NOT_SUPPORTED));
        assertThat(temp.resolve("asked")).doesNotExist();
    }
}
