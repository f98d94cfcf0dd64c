package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@EnumSource
class IsolationTest {
    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, isolation);
    }

    // ---- how it ends

    @Test
    void aStepSaysWhatItSaysAndEndsAsItEnds() throws Exception {
        Outcome outcome = root.step("echo out; echo err >&2; exit 7").run();
        assertThat(outcome.err()).isEqualTo("err\n");
        assertThat(outcome.out()).isEqualTo("out\n");
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
    }

    @Test
    void aSignalIsToldFromAnExit() throws Exception {
        assumeFalse(isolation.ofARuntime(), "what a runtime starts is process 1, and no signal of its own ends it");
        assertThat(root.step("kill -KILL $$").run().status()).isEqualTo(new ExitStatus.Killed(9));
        assertThat(root.step("kill -SEGV $$").run().status()).isEqualTo(new ExitStatus.Killed(11));
    }

    @Test
    void aStepThatTakesTooLongIsEnded() throws Exception {
        long start = System.nanoTime();
        Outcome outcome = root.step("echo before; sleep 1000")
                .within(Duration.ofMillis(300))
                .run();
        assertThat(outcome.status()).isEqualTo(new ExitStatus.TimedOut());
        assertThat(outcome.out()).isEqualTo("before\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void anInterruptEndsTheStep() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                root.step("sleep 4711").run();
            } catch (IOException | InterruptedException e) {
                thrown.add(e);
            }
        });
        thread.start();
        while (processes("sleep\0004711").isEmpty()) {
            Thread.sleep(10);
        }
        thread.interrupt();
        thread.join();
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(processes("sleep\0004711")).isEmpty();
    }

    @Test
    void whatTheProcessLeavesBehindIsEndedEvenInASessionOfItsOwn() throws Exception {
        Outcome outcome = root.step(
                        "sleep 4712 & setsid sleep 4713 & (setsid sh -c 'trap \"\" TERM HUP; sleep 4714' &); echo done")
                .run();
        assertThat(outcome.out()).isEqualTo("done\n");
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
        assertThat(processes("sleep\000471")).isEmpty();
    }

    /** As the thread of another step has them that is being started, and that may have to wait for this one. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStepEndsThoughAnotherThreadHasCopiesOfItsPipes() throws Exception {
        Linux linux = JnrLinux.load();
        CountDownLatch copied = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread copying = new Thread(() -> {
            try {
                linux.unshare(CloneFlag.FILES);
                copied.countDown();
                ended.await();
            } catch (LinuxException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        root.whenStarting = () -> {
            copying.start();
            try {
                copied.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        Outcome outcome = root.step("echo first; (sleep 0.2; echo last)").run();

        assertThat(copying.isAlive()).isTrue();
        ended.countDown();
        copying.join();
        assertThat(outcome.out()).isEqualTo("first\nlast\n");
    }

    @Test
    void orphansAreReaped() throws Exception {
        Outcome outcome = root.step("(sleep 0.1 &); (true &); sleep 0.5; ps").run();
        assertThat(outcome.out())
                .doesNotContain("[true]")
                .doesNotContain("[sleep]")
                .contains("ps");
    }

    // ---- how it starts

    @Test
    void aMissingProgramIsNotFound() throws Exception {
        assertThat(root.program("nosuch").run().status()).isEqualTo(new ExitStatus.NotStarted("nosuch", "ENOENT"));
        assertThat(root.program("/no/such").run().status()).isEqualTo(new ExitStatus.NotStarted("/no/such", "ENOENT"));
        String errno = isolation == AnIsolation.CRUN ? "EACCES" : "ENOENT"; // crun takes the directory for the program
        assertThat(root.program("").run().status()).isEqualTo(new ExitStatus.NotStarted("", errno));
    }

    @Test
    void aProgramThatIsNotExecutableIsSaidToBeSo() throws Exception {
        Files.writeString(root.directory.resolve("bin/plain"), "#!/bin/sh\n");
        String errno = isolation == AnIsolation.RUNC ? "ENOENT" : "EACCES"; // runc passes over what is not executable
        assertThat(root.program("plain").run().status()).isEqualTo(new ExitStatus.NotStarted("plain", errno));
        assertThat(root.program("/bin/plain").run().status())
                .isEqualTo(new ExitStatus.NotStarted("/bin/plain", "EACCES"));
        assertThat(root.program("/bin").run().status()).isEqualTo(new ExitStatus.NotStarted("/bin", "EACCES"));
    }

    @Test
    void aProgramOfUnknownFormatIsSaidToBeSo() throws Exception {
        Path text = Files.writeString(root.directory.resolve("bin/text"), "echo no interpreter line\n");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(root.program("text").run().status()).isEqualTo(new ExitStatus.NotStarted("text", "ENOEXEC"));
    }

    @Test
    void theStepsOwnPathIsSearchedBeyondWhatCannotBeRun() throws Exception {
        Files.createDirectories(root.directory.resolve("first"));
        Files.writeString(root.directory.resolve("first/id"), "not executable");
        Outcome outcome =
                root.program("id", "-u").environment("PATH=/none:/first:/bin").run();
        assertThat(outcome.out()).isEqualTo("0\n");
    }

    @Test
    void theEnvironmentIsExactlyWhatWasAskedFor() throws Exception {
        assertThat(root.program("env")
                        .environment("PATH=/bin", "A=1 2", "Ä=ö", "HOME=/")
                        .run()
                        .out())
                .isEqualTo("PATH=/bin\nA=1 2\nÄ=ö\nHOME=/\n");
    }

    @Test
    void directoryUmaskAndHostnameAreAsDockerHasThem() throws Exception {
        Files.createDirectories(root.directory.resolve("work/dir"));
        assertThat(root.step("pwd; umask; hostname").in("/work/dir").run().out())
                .isEqualTo("/work/dir\n0022\nbox\n");
    }

    @Test
    void aMissingWorkingDirectoryIsMade() throws Exception {
        assertThat(root.step("pwd; stat -c '%a %u:%g' /no").in("/no/dir").run().out())
                .isEqualTo("/no/dir\n755 0:0\n");
    }

    @Test
    void aMissingWorkingDirectoryBelongsToTheUserAndStaysInTheRoot() throws Exception {
        Files.createDirectories(root.directory.resolve("work"));
        Files.createSymbolicLink(root.directory.resolve("link"), Path.of("/work"));
        String outcome = root.step("pwd; stat -c '%a %u:%g' /work/no /work/no/dir")
                .in("/link/no/dir")
                .as(new Credentials(1000, 1001, List.of()))
                .run()
                .out();
        assertThat(outcome).endsWith("/no/dir\n755 1000:1001\n755 1000:1001\n");
        assertThat(root.directory.resolve("work/no/dir")).isDirectory();
    }

    @Test
    void anotherUserHasItsGroupsAndNoCapabilities() throws Exception {
        Outcome outcome = root.step("id; grep -E 'Cap(Prm|Eff|Inh|Amb|Bnd)' /proc/self/status")
                .as(new Credentials(1000, 1001, List.of(5, 6)))
                .run();
        assertThat(outcome.out())
                .startsWith("uid=1000 gid=1001 groups=5,6\n")
                .contains("CapInh:\t0000000000000000")
                .contains("CapPrm:\t0000000000000000")
                .contains("CapEff:\t0000000000000000")
                .contains("CapBnd:\t00000000a80425fb")
                .contains("CapAmb:\t0000000000000000");
    }

    @Test
    void rootHasDockersCapabilities() throws Exception {
        assertThat(root.step("grep -E 'Cap|NoNewPrivs|Seccomp:|Groups|SigBlk' /proc/self/status")
                        .run()
                        .out())
                .contains("CapEff:\t00000000a80425fb")
                .contains("CapBnd:\t00000000a80425fb")
                .contains("NoNewPrivs:\t0")
                .contains("Seccomp:\t2")
                .contains("SigBlk:\t0000000000000000");
    }

    @Test
    void theUsualDevicesWork() throws Exception {
        Outcome outcome = root.step("echo x >/dev/null && dd if=/dev/zero bs=10 count=1 2>/dev/null | wc -c"
                        + " && dd if=/dev/urandom bs=10 count=1 2>/dev/null | wc -c && touch /dev/shm/x"
                        + " && echo via >/dev/stderr && readlink /dev/fd && cat </dev/stdin && ls /dev/pts/ptmx")
                .run();
        assertThat(outcome.out()).isEqualTo("10\n10\n/proc/self/fd\n/dev/pts/ptmx\n");
        assertThat(outcome.err()).isEqualTo("via\n");
    }

    @Test
    void aScriptIsExecutedWhereTheHostPutItAndCannotBeChanged() throws Exception {
        Outcome outcome = root.program("/dev/pipes/EOF")
                .with("/dev/pipes/EOF", "#!/bin/sh\n(echo x >>$0) || echo $0; stat -c '%a %u' $0\n", 0755)
                .as(new Credentials(1000, 1000, List.of()))
                .run();
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("/dev/pipes/EOF\n755 0\n");
        assertThat(root.directory.resolve("dev")).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoProgramIsNotExecuted() throws Exception {
        assertThat(root.program("/etc/script")
                        .with("/etc/script", "#!/bin/sh\n", 0644)
                        .run()
                        .status())
                .isEqualTo(new ExitStatus.NotStarted("/etc/script", "EACCES"));
    }

    // ---- output

    @Test
    void muchOutputArrivesWholeAndApart() throws Exception {
        Outcome outcome = root.step(
                        "dd if=/dev/zero bs=65536 count=64 2>/dev/null; dd if=/dev/zero bs=65536 count=32 2>/dev/null | cat >&2")
                .run();
        assertThat(outcome.out()).hasSize(64 * 65536);
        assertThat(outcome.err()).hasSize(32 * 65536);
    }

    @Test
    void manyStepsRunSideBySide() throws Exception {
        Files.createFile(Files.createDirectories(root.directory.resolve("etc")).resolve("mine"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int number = i;
                outcomes.add(threads.submit(() -> root.step("echo " + number + "; cat /etc/mine; exit " + number)
                        .with("/etc/mine", "content " + number, 0644)
                        .run()));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i).get();
                assertThat(outcome.status()).as("%s", outcome).isEqualTo(new ExitStatus.Exited(i));
                assertThat(outcome.out()).isEqualTo(i + "\ncontent " + i);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aSinkThatFailsEndsTheStep() {
        assertThatThrownBy(() -> root.step("echo x; sleep 4716").runInto((error, bytes) -> {
                    throw new IllegalStateException("full");
                }))
                .hasMessage("full");
        assertThat(processes("sleep\0004716")).isEmpty();
    }

    // ---- what stays

    @Test
    void whatTheStepWroteStays() throws Exception {
        root.step("echo kept >/file; mkdir /dir").run();
        assertThat(root.directory.resolve("file")).hasContent("kept\n");
        assertThat(root.directory.resolve("dir")).isDirectory();
    }

    /** Command lines of processes of this machine that contain a text. */
    private static List<String> processes(String text) {
        List<String> found = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            String line = commandLine(process);
            if (line.contains(text) && line.startsWith("sleep")) {
                found.add(line);
            }
        });
        return found;
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // gone
        }
    }
}
