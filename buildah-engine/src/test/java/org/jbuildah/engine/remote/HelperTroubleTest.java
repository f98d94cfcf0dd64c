package org.jbuildah.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelperTroubleTest {
    private static HostUnsuitable notMade(int exitCode, String said) {
        return HelperTrouble.notMade("docker", "jre:17", new ContainerTool.Ended(exitCode, said));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                "error during connect: in the default daemon configuration on Windows, the docker client must be run with"
                        + " elevated privileges to connect: Get \"http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/info\": open"
                        + " //./pipe/docker_engine: The system cannot find the file specified.",
                "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
                "Cannot connect to Podman. Please verify your connection to the Linux system using `podman system"
                        + " connection list`, or try `podman machine init` and `podman machine start`",
                "Error: unable to connect to Podman socket: dial unix /run/podman.sock: connect: connection refused"
            })
    void aSilentDaemonIsNamed(String said) {
        HostUnsuitable letter = notMade(1, said);

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_DAEMON_UNREACHABLE);
        assertThat(letter.what()).contains(said);
        assertThat(letter.remedy()).contains("DOCKER_HOST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to find image 'jre:17' locally\ndocker: Error response from daemon: pull access denied for jre,"
                        + " repository does not exist or may require 'docker login'.",
                "Unable to find image '127.0.0.1:9/jre:17' locally\nError response from daemon: Get"
                        + " \"http://127.0.0.1:9/v2/\": dial tcp 127.0.0.1:9: connect: connection refused",
                "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup"
                        + " registry-1.docker.io: no such host",
                "Error: initializing source docker://jre:17: reading manifest 17 in docker.io/library/jre: manifest unknown"
            })
    void anImageThatCannotBeHadIsNamed(String said) {
        HostUnsuitable letter = notMade(125, said);

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_IMAGE_UNAVAILABLE);
        assertThat(letter.what()).contains("jre:17");
        assertThat(letter.remedy()).contains("docker pull jre:17").contains("BUILDAH_HELPER_IMAGE");
    }

    @Test
    void anImageWithoutJavaIsNamed() {
        HostUnsuitable letter = notMade(
                127,
                "Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed:"
                        + " exec: \"java\": executable file not found in $PATH: unknown");

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_IMAGE_UNAVAILABLE);
        assertThat(letter.what()).contains("has no java on its PATH");
    }

    @Test
    void anImageWithAnOldJavaIsNamed() {
        HostUnsuitable letter = HelperTrouble.died(
                "docker",
                "jre:8",
                new ContainerTool.Ended(
                        1,
                        "Exception in thread \"main\" java.lang.UnsupportedClassVersionError:"
                                + " org/jbuildah/engine/HelperMain"));

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_IMAGE_UNAVAILABLE);
        assertThat(letter.remedy()).contains("Java 17");
    }

    @Test
    void aKilledContainerIsMostOftenOneWithoutMemory() {
        HostUnsuitable letter = HelperTrouble.died("docker", "jre:17", new ContainerTool.Ended(137, ""));

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_FAILED);
        assertThat(letter.remedy()).contains("memory");
    }

    @Test
    void anythingElseIsQuotedWithItsExitCode() {
        HostUnsuitable letter =
                notMade(125, "docker: Error response from daemon: no space left on device.\nSee 'docker run --help'.");

        assertThat(letter.code()).isEqualTo(FailureCode.HELPER_FAILED);
        assertThat(letter.what())
                .contains("exit code 125")
                .contains("no space left on device")
                .doesNotContain("--help");
    }
}
