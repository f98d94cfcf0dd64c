package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
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

/** What a hostile step, or a step in a hostile image, tries as root. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@EnumSource
class EscapeTest {
    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, isolation);
        Files.writeString(root.directory.resolve("this-is-the-image"), "");
        Files.writeString(temp.resolve("this-is-the-host"), "");
    }

    /** A second chroot leaves the working directory outside of it; from there ".." is not stopped. */
    @Test
    void theClassicChrootBreakoutEndsInTheImage() throws Exception {
        String climb = "cd -P /self/fd/9 && for i in 1 2 3 4 5 6 7 8 9; do cd -P ..; done; /self/fd/8/busybox ls";
        Outcome outcome = root.step("exec 8</bin 9</; chroot /proc /self/fd/8/busybox sh -c '" + climb + "'")
                .run();
        assertThat(outcome.out()).as(outcome.err()).contains("this-is-the-image");
        assertThat(outcome.out()).doesNotContain("boot").doesNotContain("home");
    }

    @Test
    void anotherStepsSecretIsOutOfReach() throws Exception {
        Path marker = root.directory.resolve("holder-runs");
        CountDownLatch ended = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            try {
                root.step("touch /holder-runs; while [ ! -e /enough ]; do sleep 0.05; done")
                        .with("/run/secrets/token", "s3cret", 0400)
                        .run();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                ended.countDown();
            }
        });
        holder.start();
        while (!Files.exists(marker)) {
            Thread.sleep(10);
        }
        Outcome thief = root.step(
                        "cat /proc/*/root/run/secrets/token; cat /run/secrets/token; cat /proc/*/environ; touch /enough")
                .run();
        ended.await();
        assertThat(thief.out()).doesNotContain("s3cret");
    }

    @Test
    void processOneCannotBeLookedInto() throws Exception {
        assumeFalse(isolation.ofARuntime(), "process 1 is the step's own, see whatProcessOneSeesIsTheImage");
        Outcome outcome = root.step(
                        "ls /proc/1/root/ /proc/1/cwd/; cat /proc/1/environ /proc/1/mem /proc/1/fd/0; readlink /proc/1/exe /proc/1/fd/1")
                .run();
        assertThat(outcome.out()).isBlank();
        assertThat(outcome.err()).contains("Permission denied");
    }

    @Test
    void whatProcessOneSeesIsTheImage() throws Exception {
        Outcome outcome = root.step("ls /proc/1/root/ /proc/1/cwd/ /proc/1/root/../../.. /proc/1/task/*/root/")
                .run();
        assertThat(outcome.out())
                .doesNotContain("this-is-the-host")
                .doesNotContain("boot")
                .doesNotContain("home");
    }

    @Test
    void signalsToProcessOneDoNothing() throws Exception {
        assumeFalse(isolation.ofARuntime(), "process 1 is the step's own, and hears what it asks for");
        Outcome outcome = root.step(
                        "for s in TERM HUP INT QUIT KILL STOP CHLD USR1; do kill -$s 1; done; sleep 0.2; echo alive; exit 3")
                .run();
        assertThat(outcome.out()).isEqualTo("alive\n");
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(3));
    }

    @Test
    void aStepMayKillAllItSees() throws Exception {
        Outcome outcome = root.step(
                        "for n in 1 2; do for p in /proc/[0-9]*; do p=${p##*/}; [ $p = $$ ] || kill -KILL $p; done;"
                                + " sleep 0.2; done; kill -0 1 && echo alive")
                .run();
        assertThat(outcome.out()).isEqualTo("alive\n");
    }

    @Test
    void theHostsProcessesAreNotSeen() throws Exception {
        Outcome outcome = root.step("ls -d /proc/[0-9]*").run();
        assertThat(outcome.out().lines()).hasSizeLessThan(5);
    }

    @Test
    void theKernelsSettingsAreReadOnly() throws Exception {
        Outcome outcome = root.step(
                        "for f in /proc/sys/kernel/domainname /proc/sysrq-trigger /proc/irq/default_smp_affinity;"
                                + " do [ -e $f ] && (echo 1 >$f) && echo WROTE $f; done;"
                                + " mkdir /sys/fs/cgroup/mine && echo MADE; mkdir /sys/fs/cgroup/*/mine && echo MADE;"
                                + " (echo 1 >/sys/kernel/mm/ksm/run) && echo WROTE; mount -o remount,rw /proc/sys && echo REMOUNTED")
                .run();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Read-only file system");
    }

    @Test
    void maskedPathsAreEmpty() throws Exception {
        Outcome outcome = root.step(
                        "cat /proc/kcore /proc/keys /proc/timer_list /proc/interrupts; ls /proc/acpi /proc/scsi /sys/firmware")
                .run();
        assertThat(outcome.out().replaceAll("/\\w+/\\w+:\n", "")).isBlank();
    }

    @Test
    void devicesThatTheStepMakesAreDead() throws Exception {
        Outcome outcome = root.step(
                        "for d in / /dev /dev/shm; do mknod $d/z c 1 5; dd if=$d/z bs=1 count=1 && echo OPENED $d; done")
                .run();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Permission denied");
    }

    @Test
    void devicesInTheImageAreDead() throws Exception {
        Linux linux = JnrLinux.load();
        byte[] path = root.directory.resolve("zero").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        linux.mknodat(Linux.AT_FDCWD, path, 0020666, 1, 5);
        assertThat(root.step("dd if=/zero bs=1 count=1 && echo OPENED").run().out())
                .isEmpty();
    }

    @Test
    void theHostsDevicesCannotBeChanged() throws Exception {
        String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of("/dev/null")));
        Outcome outcome = root.step(
                        "chmod 600 /dev/null && echo CHANGED; rm -f /dev/null && echo REMOVED; echo still >/dev/null")
                .run();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of("/dev/null"))))
                .isEqualTo(before);
    }

    @Test
    void onlyStandardDescriptorsAreOpen() throws Exception {
        // the shell opens the directory itself
        assertThat(root.step("for f in /proc/self/fd/*; do [ -e $f ] && echo ${f##*/}; done")
                        .run()
                        .out())
                .isEqualTo("0\n1\n2\n");
    }

    @Test
    void aTargetThatIsASymlinkStaysInTheImage() throws Exception {
        Path precious = Files.writeString(temp.resolve("precious"), "host");
        Files.createDirectories(root.directory.resolve("etc"));
        Files.createSymbolicLink(root.directory.resolve("etc/resolv.conf"), precious);
        Files.createSymbolicLink(root.directory.resolve("etc/hosts"), Path.of("../../../../../../../.." + precious));
        Outcome outcome = root.step("cat /etc/resolv.conf /etc/hosts")
                .with("/etc/resolv.conf", "A", 0644)
                .with("/etc/hosts", "B", 0644)
                .run();
        assertThat(outcome.out()).isEqualTo("BB"); // both lead to one file, the later lies on top
        assertThat(precious).hasContent("host");
        assertThat(root.directory.resolve("tmp")).doesNotExist();
    }

    @Test
    void mountPointsThatAreSymlinksStayInTheImage() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        for (String name : List.of("dev", "proc", "sys")) {
            Files.delete(root.directory.resolve(name));
            Files.createSymbolicLink(root.directory.resolve(name), outside.resolve(name));
        }
        BusyboxRoot.Step step = root.step("echo ok >/dev/null; ls /proc/self/status");
        if (isolation.ofARuntime()) {
            assertThatThrownBy(step::run).isInstanceOf(IOException.class).hasMessageContaining("/proc");
        } else {
            assertThat(step.run().out()).isEqualTo("/proc/self/status\n");
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aDeviceFolderThatIsASymlinkStaysInTheImage() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside/dev"));
        Files.writeString(outside.resolve("precious"), "host");
        for (String name : List.of("dev", "sys")) {
            Files.delete(root.directory.resolve(name));
            Files.createSymbolicLink(
                    root.directory.resolve(name), temp.resolve("outside").resolve(name));
        }
        Outcome outcome = root.step("echo ok >/dev/null; ls /dev/precious /dev/zero; ls -d /sys/kernel")
                .run();
        assertThat(outcome.out()).isEqualTo("/dev/zero\n/sys/kernel\n");
        assertThat(outside).isDirectoryContaining("glob:**/precious");
    }

    @Test
    void generatedFilesCannotBeWritten() throws Exception {
        Outcome outcome = root.step(
                        "(echo x >/etc/hosts) && echo WROTE; chmod 777 /etc/hosts && echo CHANGED; cat /etc/hosts")
                .with("/etc/hosts", "mine\n", 0644)
                .run();
        assertThat(outcome.out()).isEqualTo("mine\n");
    }

    @Test
    void aSecretOfRootsIsNotReadByAnotherUser() throws Exception {
        Outcome outcome = root.step("cat /run/secrets/token")
                .with("/run/secrets/token", "s3cret", 0400)
                .as(new Credentials(1000, 1000, List.of()))
                .run();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Permission denied");
    }

    @Test
    void theSeccompFilterIsInEffect() throws Exception {
        // without it any user may make a user namespace
        Outcome outcome = root.program("busybox", "unshare", "-U", "true").run();
        assertThat(outcome.err()).contains("Operation not permitted");
        assertThat(root.program("mount", "-t", "tmpfs", "x", "/bin").run().err())
                .containsAnyOf("Operation not permitted", "permission denied");
    }

    @Test
    void nothingIsMountedForAnyoneElse() throws Exception {
        root.step("true").with("/etc/hosts", "x", 0644).run();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(temp.toString());
    }
}
