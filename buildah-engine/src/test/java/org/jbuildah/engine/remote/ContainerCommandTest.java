package org.jbuildah.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerCommandTest {
    private final ContainerCommand command = new ContainerCommand("/usr/bin/docker", "jbuildah-7-abc");

    private List<String> created(ContainerCommand.Lending... volumes) {
        return command.create("jre:17", "jbuildah-store", "/opt/jbuildah/lib/000.jar", List.of(volumes));
    }

    @Test
    void theContainerIsMadeOfAStockImage() {
        assertThat(created())
                .startsWith("/usr/bin/docker", "create", "--rm", "--interactive")
                .contains("--name=jbuildah-7-abc", "--network=host", "--user=0:0", "--entrypoint=java")
                .contains("--mount=type=volume,source=jbuildah-store,target=/var/lib/jbuildah")
                .endsWith("-cp", "/opt/jbuildah/lib/000.jar", "org.jbuildah.engine.HelperMain", "/var/lib/jbuildah");
        assertThat(created().indexOf("jre:17")).isLessThan(created().indexOf("-Xrs"));
    }

    @Test
    void noPrivilegeIsAskedForButNamespacesOfItsOwn() {
        assertThat(created())
                .contains("--security-opt=seccomp=unconfined", "--security-opt=apparmor=unconfined")
                .noneMatch(word -> word.startsWith("--privileged")
                        || word.startsWith("--cap-add")
                        || word.startsWith("--device")
                        || word.startsWith("--pid"));
    }

    @Test
    void theDaemonKeepsNothingOfWhatIsSaid() {
        assertThat(created()).contains("--log-driver=none", "--attach=stdin", "--attach=stdout", "--attach=stderr");
    }

    @Test
    void pathsOfEverySystemAreMounted() {
        assertThat(created(
                        new ContainerCommand.Lending("/home/me/m2", true),
                        new ContainerCommand.Lending("/Users/me/My Files", false),
                        new ContainerCommand.Lending("C:\\Users\\me\\m2", true),
                        new ContainerCommand.Lending("\\\\server\\share\\m2", false)))
                .contains(
                        "--mount=type=bind,source=/home/me/m2,target=/mnt/jbuildah/0,readonly",
                        "--mount=type=bind,source=/Users/me/My Files,target=/mnt/jbuildah/1",
                        "--mount=type=bind,source=C:\\Users\\me\\m2,target=/mnt/jbuildah/2,readonly",
                        "--mount=type=bind,source=\\\\server\\share\\m2,target=/mnt/jbuildah/3");
    }

    @Test
    void aCommaOrAQuoteInAPathDoesNotEndTheField() {
        assertThat(created(
                        new ContainerCommand.Lending("/srv/a,readonly", false),
                        new ContainerCommand.Lending("/srv/5\" disk", false)))
                .contains(
                        "--mount=type=bind,\"source=/srv/a,readonly\",target=/mnt/jbuildah/0",
                        "--mount=type=bind,\"source=/srv/5\"\" disk\",target=/mnt/jbuildah/1");
    }

    @Test
    void theContainerIsRemovedByItsNameAlone() {
        assertThat(command.copyIn()).containsExactly("/usr/bin/docker", "cp", "-", "jbuildah-7-abc:/");
        assertThat(command.start())
                .containsExactly("/usr/bin/docker", "start", "--attach", "--interactive", "jbuildah-7-abc");
        assertThat(command.remove()).containsExactly("/usr/bin/docker", "rm", "--force", "jbuildah-7-abc");
    }

    @Test
    void lettersCallTheToolByItsName() {
        assertThat(command.toolName()).isEqualTo("docker");
        assertThat(new ContainerCommand("C:\\Program Files\\podman.exe", "x").toolName())
                .isEqualTo("podman");
    }

    @Test
    void everyContainerHasANameOfItsOwn() {
        assertThat(ContainerCommand.of("docker").name())
                .isNotEqualTo(ContainerCommand.of("docker").name());
    }
}
