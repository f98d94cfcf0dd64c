package org.jbuildah.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerToolTest {
    @Test
    void theFirstOnTheSearchPathIsTaken() {
        Set<String> programs = Set.of("/usr/bin/docker", "/opt/bin/docker");

        assertThat(ContainerTool.find("/bin:/opt/bin:/usr/bin", false, programs::contains))
                .contains("/opt/bin/docker");
    }

    @Test
    void podmanWillDoWhereThereIsNoDocker() {
        assertThat(ContainerTool.find("/bin:/usr/bin", false, Set.of("/usr/bin/podman")::contains))
                .contains("/usr/bin/podman");
        assertThat(ContainerTool.find("/bin:/usr/bin", false, Set.of("/bin/podman", "/usr/bin/docker")::contains))
                .contains("/usr/bin/docker");
    }

    @Test
    void windowsHasOtherPaths() {
        String docker = "C:\\Program Files\\Docker\\Docker\\resources\\bin\\docker.exe";

        assertThat(ContainerTool.find(
                        "C:\\Windows;C:\\Program Files\\Docker\\Docker\\resources\\bin\\;D:\\tools",
                        true,
                        Set.of(docker)::contains))
                .contains(docker);
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        assertThat(ContainerTool.find("", false, file -> true)).isEmpty();
        assertThat(ContainerTool.find("/bin", false, file -> false)).isEmpty();
    }

    @Test
    void aCommandsEndAndLastWordsAreKnown() throws Exception {
        ContainerTool.Ended ended =
                ContainerTool.run(List.of("/bin/sh", "-c", "cat >&2; exit 3"), out -> out.write('x'));

        assertThat(ended).isEqualTo(new ContainerTool.Ended(3, "x"));
    }
}
