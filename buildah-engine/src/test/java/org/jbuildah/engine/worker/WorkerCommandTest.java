package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
    private static final IdMap SUB_IDS = new IdMap(
            List.of(new Range(0, 1000, 1), new Range(1, 100000, 65536)),
            List.of(new Range(0, 1001, 1), new Range(1, 200000, 65536)));

    private static WorkerSettings settings(Namespaces namespaces, String... unshare) {
        return new WorkerSettings(
                Path.of("/store"),
                namespaces,
                false,
                List.of(new LayerDriver.KernelOverlay()),
                new RunIsolation.Box(),
                List.of(unshare),
                Path.of("/bin/sh"));
    }

    @Test
    void realRootNeedsNoUserNamespace() {
        assertThat(WorkerCommand.unshare(
                        settings(new Namespaces.RealRoot(SUB_IDS), "/usr/bin/unshare"), List.of("java")))
                .containsExactly(
                        "/usr/bin/unshare",
                        "-m",
                        "-p",
                        "-f",
                        "/bin/sh",
                        "-c",
                        "exec 3>&1 1>&2; echo >&3; read -r mapped; exec \"$@\"",
                        "sh",
                        "java");
    }

    @Test
    void aSingleIdIsMappedByTheToolItself() {
        assertThat(WorkerCommand.unshare(settings(new Namespaces.SingleId(1000, 1000), "unshare"), List.of("java")))
                .startsWith("unshare", "-U", "-r", "-m", "-p", "-f");
    }

    @Test
    void withoutNamespacesTheShellIsStartedAlone() {
        assertThat(WorkerCommand.unshare(settings(new Namespaces.None(SUB_IDS), "unshare"), List.of("java")))
                .startsWith("/bin/sh", "-c")
                .endsWith("sh", "java");
    }

    @Test
    void subIdsAreMappedFromOutside() {
        Namespaces namespaces =
                new Namespaces.SubIds(SUB_IDS, Path.of("/usr/bin/newuidmap"), Path.of("/usr/bin/newgidmap"));

        assertThat(WorkerCommand.unshare(settings(namespaces, "/bin/busybox", "unshare"), List.of("java")))
                .startsWith("/bin/busybox", "unshare", "-U", "-m", "-p", "-f");
        assertThat(WorkerCommand.idMap(Path.of("/usr/bin/newuidmap"), 4711, SUB_IDS.uids()))
                .containsExactly("/usr/bin/newuidmap", "4711", "0", "1000", "1", "1", "100000", "65536");
    }

    @Test
    void ownIdsAreWrittenAsOneText() {
        assertThat(WorkerCommand.idMapText(SUB_IDS.gids())).isEqualTo("0 1001 1\n1 200000 65536\n");
    }

    @Test
    void theJvmTakesNothingFromTheEnvironmentAndNamesItsJars() {
        List<String> command = WorkerCommand.java(
                Path.of("/jdk"), 17, List.of("-Da=b c"), List.of(Path.of("/x.jar"), Path.of("/y.jar")), "Main");

        assertThat(command).startsWith("/jdk/bin/java", "-Xrs").endsWith("-Da=b c", "-cp", "/x.jar:/y.jar", "Main");
        assertThat(command).noneMatch(option -> option.contains("native-access"));
    }

    @Test
    void newerJvmsAreAllowedNativeAccessWithoutWarnings() {
        assertThat(WorkerCommand.java(Path.of("/jdk"), 25, List.of(), List.of(), "Main"))
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
