package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
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
    void aRunForProgramsThatThisMachineCannotStartIsRefusedAtItsLineBeforeAnythingIsMade() {
        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> build.file("x", "x")
                        .build("FROM --platform=linux/s390x scratch", "COPY x /", "LABEL a=b", "RUN [\"/x\"]"))
                .withMessage("no programs for linux/s390x")
                .satisfies(letter ->
                        assertThat(letter.where().orElseThrow().firstLine()).isEqualTo(4));
        assertThat(build.rootfs.processes).isEmpty();
    }

    @Test
    void anImageForAnotherMachineNeedsNoneOfItsProgramsWithoutRun() throws Exception {
        ImageConfig image = build.file("x", "x").build("FROM --platform=linux/s390x scratch", "COPY x /");

        assertThat(image.platform()).hasToString("linux/s390x");
    }

    @Test
    void theProcessSeesEnvironmentArgumentsProxiesAndAHome() throws Exception {
        build.args(Map.of("HTTPS_PROXY", "p2"))
                .proxies(Map.of("http_proxy", "p1"))
                .build("FROM scratch", "ENV A=1", "ARG B=2", "RUN [\"/x\"]");

        assertThat(onlyProcess().environment())
                .contains("A=1", "B=2", "http_proxy=p1", "HTTPS_PROXY=p2", "HOME=/root")
                .anyMatch(entry -> entry.startsWith("PATH="));
    }

    @Test
    void proxiesLeaveNoTraceInTheImage() throws Exception {
        ImageConfig image = build.args(Map.of("HTTPS_PROXY", "secret-proxy"))
                .proxies(Map.of("http_proxy", "secret-proxy"))
                .build("FROM scratch", "RUN [\"/x\"]");

        assertThat(image.toString()).doesNotContain("secret-proxy");
    }

    @Test
    void anotherProxyIsStillACacheHit() throws Exception {
        build.proxies(Map.of("http_proxy", "p1")).build("FROM scratch", "RUN [\"/x\"]");

        build.proxies(Map.of("http_proxy", "p2")).build("FROM scratch", "RUN [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void anotherArgumentInScopeIsNoCacheHit() throws Exception {
        build.args(Map.of("V", "1")).build("FROM scratch", "ARG V", "RUN [\"/x\"]");

        build.args(Map.of("V", "2")).build("FROM scratch", "ARG V", "RUN [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void withoutTheCacheEverythingRunsAgain() throws Exception {
        build.build("FROM scratch", "RUN [\"/x\"]");

        build.withoutCache().build("FROM scratch", "RUN [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void theUserIsLookedUpInTheImage() throws Exception {
        build.file("passwd", "app:x:1000:100:App:/home/app:/bin/sh\n")
                .file("group", "users:x:100:\nwheel:x:10:root,app\n")
                .build("FROM scratch", "COPY passwd group /etc/", "USER app", "RUN [\"/x\"]");

        assertThat(onlyProcess().credentials().uid()).isEqualTo(1000);
        assertThat(onlyProcess().credentials().gid()).isEqualTo(100);
        assertThat(onlyProcess().credentials().supplementaryGids()).containsExactlyInAnyOrder(100, 10);
        assertThat(onlyProcess().environment()).contains("HOME=/home/app");
    }

    @Test
    void anUnknownUserIsToldByName() {
        assertThatThrownBy(() -> build.build("FROM scratch", "USER nobody-here", "RUN [\"/x\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("nobody-here", "Dockerfile:3", "[USER_NOT_FOUND]"));
    }

    @Test
    void aFailureTellsCodeCommandAndPlaceAndLeavesNoRecord() throws Exception {
        build.rootfs.next = new ExitStatus.Exited(7);
        assertThatThrownBy(() -> build.build("FROM scratch", "RUN [\"/x\", \"y\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("/x y", "exit code 7", "Dockerfile:2", "[RUN_EXITED]"));

        build.rootfs.next = new ExitStatus.Exited(0);
        build.build("FROM scratch", "RUN [\"/x\", \"y\"]");
        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void aFailureQuotesTheLastThatTheProcessWrote() {
        build.rootfs.next = new ExitStatus.Exited(1);
        build.rootfs.out = "first\n" + "more\n".repeat(18) + "unpacking\n";
        build.rootfs.err = "tar: no space left";

        assertThatThrownBy(() -> build.build("FROM scratch", "RUN [\"/x\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> {
                    assertThat(letter.output()).hasSize(20).doesNotContain("first");
                    assertThat(letter.letter())
                            .isEqualTo("\"/x\" ended with exit code 1.  [RUN_EXITED]\n"
                                    + "  Dockerfile:2\n    1 | FROM scratch\n  > 2 | RUN [\"/x\"]\n"
                                    + "  The last that it wrote:\n" + "    more\n".repeat(18)
                                    + "    unpacking\n    tar: no space left");
                });
    }

    @Test
    void aRebuildKeepsTheTimeOfTheFirstRun() throws Exception {
        ImageConfig first = build.build("FROM scratch", "RUN [\"/x\"]");
        ImageConfig second = build.build("FROM scratch", "RUN [\"/x\"]");

        assertThat(first.created()).isEqualTo(TestBuild.RUN_TIME);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void whatADockerfileCannotGrantItselfIsRefusedWithItsPlace() {
        for (String flag : List.of("--security=insecure", "--device=vendor.com/gpu")) {
            assertThatThrownBy(() -> build.build("FROM scratch", "RUN " + flag + " [\"/x\"]"))
                    .isInstanceOfSatisfying(DockerfileInvalid.class, letter -> assertThat(letter.letter())
                            .contains("RUN " + flag, "Dockerfile:2", "Remove the flag", "[INSTRUCTION_NOT_SUPPORTED]"));
        }
    }

    @Test
    void theSandboxThatEveryRunHasMayBeNamed() throws Exception {
        build.build("FROM scratch", "RUN --security=sandbox --network=none [\"/x\"]");

        assertThat(onlyProcess().network()).isEqualTo(Network.NONE);
    }

    private ProcessSpec onlyProcess() {
        List<ProcessSpec> processes = build.rootfs.processes;
        assertThat(processes).hasSize(1);
        return processes.get(0);
    }
}
