package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.worker.WorkerChannel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both halves of the conversation in one JVM, over two pipes. */
@Timeout(20)
class WorkerServerTest {
    private final PaperWorkbench workbench = new PaperWorkbench();
    private WorkerChannel channel;
    private Thread server;

    @BeforeEach
    void connect() throws IOException {
        PipedInputStream requestsIn = new PipedInputStream(1 << 16);
        PipedInputStream eventsIn = new PipedInputStream(1 << 16);
        PipedOutputStream eventsOut = new PipedOutputStream(eventsIn);
        WorkerServer serving = new WorkerServer(requestsIn, eventsOut, workbench);
        channel = new WorkerChannel(new PipedOutputStream(requestsIn), eventsIn);
        server = new Thread(() -> {
            try (eventsOut) {
                serving.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();
        channel.start();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.close();
        server.join();
    }

    private static ProcessSpec process(String... arguments) {
        return new ProcessSpec(List.of(arguments), List.of(), "/", Credentials.ROOT, "host", List.of(), null);
    }

    private int prepared() throws IOException, InterruptedException {
        try (Exchange exchange = channel.send(new SnapshotMessage.Prepare(List.of()))) {
            return exchange.answer(SnapshotMessage.Prepared.class).snapshot();
        }
    }

    private Exchange run(String... arguments) throws IOException, InterruptedException {
        return channel.send(new RunMessage.Run(prepared(), process(arguments)));
    }

    @Test
    void aStepIsPreparedRunCommittedAndReleased() throws Exception {
        int snapshot = prepared();
        try (Exchange run = channel.send(new RunMessage.Run(snapshot, process("echo", "hello")))) {
            RunMessage.Output output = run.answer(RunMessage.Output.class);
            assertThat(output.bytes()).asString().isEqualTo("hello");
            assertThat(run.answer(RunMessage.Ended.class).status()).isEqualTo(new ExitStatus.Exited(0));
        }
        try (Exchange commit = channel.send(new SnapshotMessage.Commit(snapshot))) {
            assertThat(commit.answer(SnapshotMessage.Committed.class).layer()).isEqualTo(PaperWorkbench.COMMITTED);
        }
        try (Exchange release = channel.send(new SnapshotMessage.Release(snapshot))) {
            release.answer(WorkerMessage.Done.class);
        }
        assertThat(workbench.diary).containsExactly("prepare 0", "run in /merged", "commit", "close");
    }

    @Test
    void whatIsTypedReachesTheProcessInOrderEvenBeforeItIsThere() throws Exception {
        RunMessage.Run run = new RunMessage.Run(prepared(), process("mirror"), new Terminal.Size(24, 80));
        try (Exchange mirror = channel.send(run)) {
            mirror.add(new RunMessage.Keys(new byte[] {'a'}));
            mirror.add(new RunMessage.Keys(new byte[] {'b'}));
            assertThat(shown(mirror)).isEqualTo("Size[rows=24, columns=80]");
            assertThat(shown(mirror)).isEqualTo("a");
            assertThat(shown(mirror)).isEqualTo("b");

            mirror.add(new RunMessage.Resize(new Terminal.Size(50, 132)));
            assertThat(shown(mirror)).isEqualTo("Size[rows=50, columns=132]");

            mirror.add(new RunMessage.Keys(new byte[] {'.'}));
            assertThat(mirror.answer(RunMessage.Ended.class).status()).isEqualTo(new ExitStatus.Exited(0));
            mirror.add(new RunMessage.Keys(new byte[] {'c'})); // too late, and no harm
        }
        try (Exchange ping = channel.send(new WorkerMessage.Ping())) {
            assertThat(ping.answer(WorkerMessage.Done.class)).isNotNull();
        }
    }

    private static String shown(Exchange exchange) throws IOException, InterruptedException {
        return new String(exchange.answer(RunMessage.Output.class).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void requestsAreServedSideBySide() throws Exception {
        try (Exchange slow = run("sleep");
                Exchange quick = run("exit", "4")) {
            assertThat(quick.answer(RunMessage.Ended.class).status()).isEqualTo(new ExitStatus.Exited(4));
            slow.giveUp();
        }
    }

    @Test
    void aChattyProcessWaitsForItsListener() throws Exception {
        try (Exchange flood = run("flood", String.valueOf(4 << 20))) {
            TimeUnit.MILLISECONDS.sleep(300);
            long unheard = workbench.diary.stream().filter("chunk"::equals).count() * 65536;
            assertThat(unheard).isLessThanOrEqualTo(WorkerMessage.WINDOW_IN_BYTES);

            long heard = 0;
            while (flood.next() instanceof RunMessage.Output output) {
                heard += output.bytes().length;
                flood.add(new RunMessage.Credit(output.bytes().length));
            }
            assertThat(heard).isEqualTo(4 << 20);
        }
    }

    @Test
    void othersAreHeardWhileAFullWindowWaits() throws Exception {
        try (Exchange flood = run("flood", String.valueOf(4 << 20));
                Exchange ping = channel.send(new WorkerMessage.Ping())) {
            assertThat(ping.answer(WorkerMessage.Done.class)).isNotNull();
            flood.giveUp();
        }
    }

    @Test
    void aCancelledProcessIsInterrupted() throws Exception {
        try (Exchange sleep = run("sleep")) {
            workbench.sleeping.await();
            sleep.giveUp();
            assertThatThrownBy(sleep::next).isInstanceOf(org.jbuildah.engine.api.Cancelled.class);
        }
        assertThat(workbench.diary).contains("interrupted");
    }

    @Test
    void aFailureKeepsItsKind() throws Exception {
        try (Exchange failing = run("fail", "linux")) {
            assertThatThrownBy(failing::next)
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                    .hasMessage("pivot_root /merged: EINVAL");
        }
        try (Exchange failing = run("fail", "store")) {
            assertThatThrownBy(failing::next)
                    .isInstanceOfSatisfying(org.jbuildah.engine.api.StoreBroken.class, e -> assertThat(e.remedy())
                            .isEqualTo("delete something"));
        }
        try (Exchange failing = run("fail", "io")) {
            assertThatThrownBy(failing::next)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("/store/x: no");
        }
        try (Exchange failing = run("fail", "fault")) {
            assertThatThrownBy(failing::next)
                    .hasMessage("fault in the worker: java.lang.IllegalStateException: a fault")
                    .cause()
                    .hasMessageContaining("PaperWorkbench.fail");
        }
    }

    @Test
    void anUnknownSnapshotIsRefusedByItsNumber() throws Exception {
        try (Exchange commit = channel.send(new SnapshotMessage.Commit(99))) {
            assertThatThrownBy(commit::next).hasMessage("there is no snapshot 99");
        }
    }

    @Test
    void whatIsLentOutIsGivenBackWhenTheLauncherGoes() throws Exception {
        Exchange sleep = run("sleep");
        workbench.sleeping.await();
        channel.close();
        server.join();

        assertThat(workbench.diary).containsSubsequence("interrupted", "close", "close store");
        assertThatThrownBy(() -> {
                    while (true) {
                        sleep.next();
                    }
                })
                .isInstanceOfAny(WorkerChannel.WorkerGone.class, org.jbuildah.engine.api.Cancelled.class);
    }
}
