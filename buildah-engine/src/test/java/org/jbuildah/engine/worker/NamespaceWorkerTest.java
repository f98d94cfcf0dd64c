package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real second JVMs in real namespaces; what they do there is made of paper. */
@Timeout(60)
class NamespaceWorkerTest {
    @TempDir
    private Path store;

    private NamespaceWorker paper() {
        return TestWorkers.paper(store, TestWorkers.namespaces(), EventSink.silent());
    }

    static Stream<Namespaces> namespaces() {
        TestWorkers.namespaces();
        return TestWorkers.allNamespaces().stream();
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void isRootOfItsNamespaces(Namespaces namespaces) throws IOException {
        try (NamespaceWorker worker = TestWorkers.paper(store, namespaces, EventSink.silent())) {
            assertThat(worker.hello().euid()).isZero();
            assertThat(worker.hello().uidMap())
                    .isEqualTo(
                            WorkerCommand.idMapText(namespaces.idMap().uids()).strip());
            worker.ping();
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aStepRunsAndItsOutputArrivesInOrder() throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        List<Boolean> streams = new ArrayList<>();
        try (NamespaceWorker worker = paper();
                ActiveRootfs rootfs = worker.prepare(List.of())) {
            rootfs.run(TestWorkers.process("echo", "hello "), (error, bytes) -> heard.writeBytes(bytes));
            rootfs.run(TestWorkers.process("complain", "world"), (error, bytes) -> {
                streams.add(error);
                heard.writeBytes(bytes);
            });
            ExitStatus exit = rootfs.run(TestWorkers.process("exit", "42"), (error, bytes) -> {});

            assertThat(exit).isEqualTo(new ExitStatus.Exited(42));
            assertThat(heard.toString(StandardCharsets.UTF_8)).isEqualTo("hello world");
            assertThat(streams).containsExactly(true);
            assertThat(rootfs.commit()).isEqualTo(PaperWorkbench.COMMITTED);
        }
    }

    @Test
    void aHundredMegabytesOfOutputArriveWhole() throws IOException {
        AtomicLong heard = new AtomicLong();
        try (NamespaceWorker worker = paper();
                ActiveRootfs rootfs = worker.prepare(List.of())) {
            rootfs.run(
                    TestWorkers.process("flood", String.valueOf(100 << 20)),
                    (error, bytes) -> heard.addAndGet(bytes.length));
        }
        assertThat(heard).hasValue(100 << 20);
    }

    @Test
    void aWorkerThatDiesIsReportedWithItsLastWords() throws IOException {
        try (NamespaceWorker worker = paper();
                ActiveRootfs rootfs = worker.prepare(List.of())) {
            assertThatThrownBy(() -> rootfs.run(TestWorkers.process("fail", "io"), (error, bytes) -> {}))
                    .isExactlyInstanceOf(IOException.class);
            StepFailed letter = catchThrowableOfType(
                    StepFailed.class, () -> rootfs.run(TestWorkers.process("die"), (error, bytes) -> {}));

            assertThat(letter.code()).isEqualTo(FailureCode.WORKER_DIED);
            assertThat(letter.what()).contains("exit code 7").contains("about to fail");
            assertThatThrownBy(worker::ping).isInstanceOf(StepFailed.class);
        }
    }

    @Test
    void anInterruptEndsTheStepAndNothingElse() throws Exception {
        try (NamespaceWorker worker = paper();
                ActiveRootfs rootfs = worker.prepare(List.of())) {
            Thread step = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
                step.interrupt();
            });
            interrupter.start();
            assertThatThrownBy(() -> rootfs.run(TestWorkers.process("sleep"), (error, bytes) -> {}))
                    .isInstanceOf(Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
            worker.ping();
        }
    }

    @Test
    void aSinkThatThrowsEndsTheStep() throws IOException {
        try (NamespaceWorker worker = paper();
                ActiveRootfs rootfs = worker.prepare(List.of())) {
            assertThatThrownBy(() -> rootfs.run(TestWorkers.process("flood", "9999999"), (error, bytes) -> {
                        throw new IllegalStateException("full");
                    }))
                    .hasMessage("full");
            worker.ping();
        }
    }

    @Test
    void closingEndsWhoWaits() throws Exception {
        NamespaceWorker worker = paper();
        ActiveRootfs rootfs = worker.prepare(List.of());
        Thread closer = new Thread(() -> {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
            worker.close();
        });
        closer.start();
        assertThatThrownBy(() -> rootfs.run(TestWorkers.process("sleep"), (error, bytes) -> {}))
                .isInstanceOf(Cancelled.class);
        closer.join();
        rootfs.close();
    }

    @Test
    void aToolThatIsMissingIsNamed() {
        WorkerSettings settings = new WorkerSettings(
                store,
                new Namespaces.SingleId(0, 0),
                false,
                List.of(new LayerDriver.Vfs()),
                new RunIsolation.Box(),
                List.of("/nowhere/unshare"),
                Path.of("/bin/sh"));
        try (NamespaceWorker worker = NamespaceWorker.start(settings, EventSink.silent())) {
            HostUnsuitable letter = catchThrowableOfType(HostUnsuitable.class, () -> worker.prepare(List.of()));

            assertThat(letter.code()).isEqualTo(FailureCode.WORKER_NOT_STARTED);
            assertThat(letter.what()).contains("/nowhere/unshare");
        }
    }

    @Test
    void aToolThatRefusesIsQuotedWithARemedy() throws IOException {
        Path refusing = Files.writeString(
                store.resolve("unshare"),
                "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n");
        assertThat(refusing.toFile().setExecutable(true)).isTrue();
        WorkerSettings settings = new WorkerSettings(
                store,
                new Namespaces.SingleId(0, 0),
                false,
                List.of(new LayerDriver.Vfs()),
                new RunIsolation.Box(),
                List.of(refusing.toString()),
                Path.of("/bin/sh"));
        try (NamespaceWorker worker = NamespaceWorker.start(settings, EventSink.silent())) {
            HostUnsuitable letter = catchThrowableOfType(HostUnsuitable.class, worker::hello);

            assertThat(letter.what()).contains("exit code 1").contains("Operation not permitted");
            assertThat(letter.remedy()).contains("seccomp=unconfined");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "exit", "terminate"})
    void nothingIsLeftOfAnAbandonedWorker(String end) throws Exception {
        TestWorkers.namespaces();
        String mountsBefore = Files.readString(Path.of("/proc/self/mountinfo"));
        Process launcher = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandonedLauncher.class.getName(),
                        store.toString(),
                        end)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> below;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            below = descendants(launcher);
            assertThat(said.readLine()).isEqualTo("ready");
            if (!end.equals("exit")) {
                below = descendants(launcher);
                assertThat(below).hasSizeGreaterThanOrEqualTo(4); // unshare, the worker, two sleeps
            }
            if (end.equals("kill")) {
                launcher.destroyForcibly();
            } else if (end.equals("terminate")) {
                launcher.destroy();
            }
            launcher.waitFor();
        }
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (below.stream().anyMatch(NamespaceWorkerTest::runs) && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(below.stream().filter(NamespaceWorkerTest::runs)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).isEqualTo(mountsBefore);
        try (Stream<Path> left = Files.list(store)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsOnly("lib");
        }
    }

    private static List<ProcessHandle> descendants(Process process) {
        return process.descendants().toList();
    }

    /** An orphan of a test may stay a zombie where process 1 does not reap. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1)
                    .toUpperCase(Locale.ROOT)
                    .startsWith(" Z");
        } catch (IOException gone) {
            return false;
        }
    }
}
