package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.OnFailure;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.cache.FailedRun;
import org.jbuildah.engine.cache.FailedRuns;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final List<Platform> MAINFRAME = List.of(new Platform("linux", "s390x", ""));

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
                        .builtFor(MAINFRAME, "FROM scratch", "COPY x /", "LABEL a=b", "RUN [\"/x\"]"))
                .withMessage("no programs for linux/s390x")
                .satisfies(letter ->
                        assertThat(letter.where().orElseThrow().firstLine()).isEqualTo(4));
        assertThat(build.rootfs.processes).isEmpty();
    }

    @Test
    void aMachineThatCanRunNothingIsToldOfTheRunAndNotOfTheStepBeforeIt() {
        build.mayStart = false;

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> build.file("x", "x").built("FROM scratch", "COPY x /", "RUN [\"/x\"]"))
                .satisfies(letter ->
                        assertThat(letter.where().orElseThrow().firstLine()).isEqualTo(3));
    }

    @Test
    void anImageForAnotherMachineNeedsNoneOfItsProgramsWithoutRun() throws Exception {
        BuiltImage image = build.file("x", "x")
                .builtFor(MAINFRAME, "FROM scratch", "COPY x /")
                .get(0);

        assertThat(image.config().platform()).hasToString("linux/s390x");
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
    void aHitAsksNothingOfTheMachine() throws Exception {
        build.build("FROM scratch", "RUN [\"/x\"]");
        build.timesJudged = 0;

        build.withASingleId().build("FROM scratch", "RUN [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(1);
        assertThat(build.timesJudged).isZero();
    }

    @Test
    void aLayerOfASingleIdIsNoHitWhereOwnersAreKept() throws Exception {
        build.withASingleId().build("FROM scratch", "RUN [\"/x\"]");
        build.build("FROM scratch", "RUN [\"/x\"]");
        assertThat(build.rootfs.processes).hasSize(1);

        build.withAllIds().build("FROM scratch", "RUN [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(2);
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
    void a127IsTheShellsWordOnlyWhereThereIsAShell() {
        build.rootfs.next = new ExitStatus.Exited(127);

        assertThatThrownBy(() -> build.build("FROM scratch", "RUN mvnd package"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.remedy())
                        .isEqualTo("127 means that the shell did not find a command."));
        assertThatThrownBy(() -> build.build("FROM scratch", "RUN [\"/mvnd\", \"package\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.remedy())
                        .startsWith("The exec form has no shell")
                        .contains("\"/mvnd\""));
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
    void whatAFailureLeavesIsKeptWhereThatIsAskedFor() throws Exception {
        build.rootfs.next = new ExitStatus.Exited(4);
        build.runs(RunOptions.DEFAULT
                        .withProxyVariables(Map.of("http_proxy", "http://user:password@proxy"))
                        .withCapabilities(Set.of(Capability.CHOWN))
                        .withOnFailure(OnFailure.NOTHING.withKeep(true)))
                .args(Map.of("HTTPS_PROXY", "http://user:password@proxy"));

        StepFailed letter = assertThrows(
                StepFailed.class,
                () -> build.build(
                        "FROM scratch",
                        "ENV A=1",
                        "ARG B=2",
                        "USER 7",
                        "WORKDIR /w",
                        "SHELL [\"/bash\", \"-c\"]",
                        "RUN --mount=type=tmpfs,target=/t --network=none x"));

        List<FailedRun> kept = new FailedRuns(build.store).all();
        assertThat(kept).singleElement().satisfies(run -> {
            assertThat(run.environment())
                    .contains("A=1", "B=2", "HOME=/")
                    .noneMatch(entry -> entry.contains("password"));
            assertThat(run.credentials()).isEqualTo(new Credentials(7, 0, List.of(0)));
            assertThat(run.workingDirectory()).isEqualTo("/w");
            assertThat(run.shell()).containsExactly("/bash", "-c");
            assertThat(run.arguments()).containsExactly("/bash", "-c", "x");
            assertThat(run.network()).isEqualTo(Network.NONE);
            assertThat(run.capabilities()).containsExactly(Capability.CHOWN);
            assertThat(run.place()).isEqualTo("Dockerfile:7");
            assertThat(run.failed()).isEqualTo(TestBuild.RUN_TIME);
            assertThat(run.reason()).contains("exit code 4");
            assertThat(run.layers().subList(0, 1)).isEqualTo(build.rootfs.prepared.get(0));
            assertThat(ImageTree.of(build.store, run.layers()).lookup(EntryName.of("ran")))
                    .isPresent();
        });
        assertThat(letter.remedy())
                .isEqualTo(
                        "Its root file system is kept; enter it with: jbuildah --root " + build.store.root() + " enter "
                                + kept.get(0).id() + "\nWhat was mounted for the RUN, secrets too, is not in there.");
        build.rootfs.next = new ExitStatus.Exited(0);
        build.build("FROM scratch", "RUN [\"/other\"]"); // a kept layer is nobody's cache
        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void nothingIsKeptUnasked() throws Exception {
        build.rootfs.next = new ExitStatus.Exited(4);

        assertThatThrownBy(() -> build.build("FROM scratch", "RUN [\"/x\"]")).isInstanceOf(StepFailed.class);

        assertThat(new FailedRuns(build.store).all()).isEmpty();
    }

    @Test
    void aKeptRunIsEnteredAsItWas() throws Exception {
        build.rootfs.next = new ExitStatus.Exited(4);
        build.runs(RunOptions.DEFAULT.withOnFailure(OnFailure.NOTHING.withKeep(true)))
                .resolvConf("nameserver 192.0.2.1\n");
        assertThatThrownBy(() -> build.build("FROM scratch", "ENV A=1", "WORKDIR /w", "USER 7", "RUN [\"/x\"]"))
                .isInstanceOf(StepFailed.class);
        FailedRun run = new FailedRuns(build.store).all().get(0);
        RunSettings settings = new RunSettings(new byte[0], RunOptions.DEFAULT, Clock.systemUTC());

        ExitStatus status = new Reentry(run, settings).execute(List.of("ls"), build.rootfs, (error, bytes) -> {});

        assertThat(status).isEqualTo(new ExitStatus.Exited(4));
        assertThat(build.rootfs.prepared.get(1)).isEqualTo(run.layers());
        ProcessSpec failed = build.rootfs.processes.get(0);
        ProcessSpec entered = build.rootfs.processes.get(1);
        assertThat(entered.arguments()).containsExactly("ls");
        assertThat(entered.environment()).isEqualTo(failed.environment());
        assertThat(entered.workingDirectory()).isEqualTo(failed.workingDirectory());
        assertThat(entered.credentials()).isEqualTo(failed.credentials());
        assertThat(entered.grants()).isEqualTo(failed.grants());
        assertThat(entered.mounts().stream().map(MountSpec::target)).contains("/etc/resolv.conf");
    }

    @Test
    void aShellIsOpenedWhereARunFailed() throws Exception {
        PaperTerminal terminal = new PaperTerminal();
        build.rootfs.next = new ExitStatus.Exited(4);
        build.rootfs.out = "said\n";

        StepFailed letter = assertThrows(StepFailed.class, () -> build.runs(RunOptions.DEFAULT
                        .withTimeout(Duration.ofSeconds(9))
                        .withOnFailure(OnFailure.NOTHING.withShell(terminal)))
                .build("FROM scratch", "SHELL [\"/bash\", \"-e\", \"-c\"]", "RUN --mount=type=tmpfs,target=/t x"));

        assertThat(letter.letter()).contains("exit code 4", "[RUN_EXITED]", "said");
        assertThat(letter.remedy()).isEmpty();
        ProcessSpec failed = build.rootfs.processes.get(0);
        ProcessSpec shell = build.rootfs.processes.get(1);
        assertThat(build.rootfs.prepared).hasSize(1);
        assertThat(shell.arguments()).containsExactly("/bash");
        assertThat(shell.environment()).containsAll(failed.environment()).contains("TERM=paper");
        assertThat(shell.mounts()).isEqualTo(failed.mounts());
        assertThat(shell.credentials()).isEqualTo(failed.credentials());
        assertThat(shell.grants()).isEqualTo(failed.grants());
        assertThat(shell.timeout()).isNull();
        assertThat(terminal.shown.toString(UTF_8))
                .startsWith("\r\n\"/bash -e -c x\" ended with exit code 4.\r\nThis is /bash in its root file system")
                .endsWith("\r\nsaid\n");
        assertThat(terminal.closed).isTrue();
    }

    @Test
    void whatIsDoneInTheShellIsNotKept() {
        build.rootfs.next = new ExitStatus.Exited(4);
        OnFailure both = new OnFailure(true, new PaperTerminal());

        assertThatThrownBy(
                        () -> build.runs(RunOptions.DEFAULT.withOnFailure(both)).build("FROM scratch", "RUN [\"/x\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.remedy())
                        .startsWith("Its root file system is kept"));

        assertThat(build.rootfs.prepared).hasSize(2);
        assertThat(build.rootfs.prepared.get(1)).hasSize(1);
    }

    @Test
    void withoutAShellInTheImageTheLetterSaysSo() {
        build.rootfs.next = new ExitStatus.NotStarted("/bin/sh", "ENOENT");

        assertThatThrownBy(() -> build.runs(
                                RunOptions.DEFAULT.withOnFailure(OnFailure.NOTHING.withShell(new PaperTerminal())))
                        .build("FROM scratch", "RUN x"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.remedy())
                        .endsWith("There was no shell for you: \"/bin/sh\" could not be started: ENOENT."));
    }

    /** Remembers what it shows. */
    private static final class PaperTerminal implements Terminal {
        final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        boolean closed;

        @Override
        public String type() {
            return "paper";
        }

        @Override
        public Session open() {
            return new Session() {
                @Override
                public Size size() {
                    return new Size(24, 80);
                }

                @Override
                public void show(byte[] bytes) {
                    shown.writeBytes(bytes);
                }

                @Override
                public void listen(Listener listener) {}

                @Override
                public void close() {
                    closed = true;
                }
            };
        }
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
