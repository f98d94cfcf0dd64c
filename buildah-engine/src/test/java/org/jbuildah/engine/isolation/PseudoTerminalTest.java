package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
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
class PseudoTerminalTest {
    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;
    private final Screen screen = new Screen();

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, isolation);
    }

    @Test
    void aStepHasATerminalOfItsOwnAndNoOther() throws Exception {
        ExitStatus status = root.step("tty; stty size; echo /dev/pts/*; echo hello > /dev/tty; echo err >&2; exit 7")
                .runOn(screen);

        assertThat(screen.text()).isEqualTo("/dev/pts/0\r\n31 97\r\n/dev/pts/0 /dev/pts/ptmx\r\nhello\r\nerr\r\n");
        assertThat(status).isEqualTo(new ExitStatus.Exited(7));
    }

    @Test
    void itBelongsToTheUserOfTheStep() throws Exception {
        root.step("stat -c '%u %a' $(tty); echo mine > $(tty)")
                .as(new Credentials(1000, 1000, java.util.List.of()))
                .runOn(screen);

        assertThat(screen.text()).isEqualTo("1000 620\r\nmine\r\n");
    }

    @Test
    void whatIsTypedIsRead() throws Exception {
        screen.onceShown("ready", hands -> hands.typed("some words\n".getBytes(UTF_8)));

        root.step("echo ready; read line; echo got $line").runOn(screen);

        assertThat(screen.text()).isEqualTo("ready\r\nsome words\r\ngot some words\r\n");
    }

    @Test
    void whatIsTypedTooEarlyIsReadLater() throws Exception {
        screen.onceThere(hands -> hands.typed("early\n".getBytes(UTF_8)));

        root.step("sleep 0.2; read line; echo got $line").runOn(screen);

        assertThat(screen.text()).endsWith("got early\r\n");
    }

    @Test
    void controlCInterruptsTheProcess() throws Exception {
        screen.onceShown("ready", hands -> hands.typed(new byte[] {3}));

        ExitStatus status = root.step("trap 'exit 42' INT; echo ready; while :; do sleep 0.05; done")
                .runOn(screen);

        assertThat(status).isEqualTo(new ExitStatus.Exited(42));
    }

    @Test
    void theEndOfInputIsTypedToo() throws Exception {
        screen.onceShown("ready", hands -> hands.typed(new byte[] {4}));

        assertThat(root.step("echo ready; cat; echo end").runOn(screen)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(screen.text()).endsWith("end\r\n");
    }

    @Test
    void aNewSizeIsToldToTheProcess() throws Exception {
        screen.onceShown("ready", hands -> hands.resized(new Terminal.Size(50, 132)));

        root.step("trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done")
                .runOn(screen);

        assertThat(screen.text()).isEqualTo("ready\r\n50 132\r\n");
    }

    @Test
    void aProcessThatNeverReadsHoldsNobodyUp() throws Exception {
        byte[] line = new byte[4000];
        Arrays.fill(line, (byte) 'x');
        screen.onceShown("ready", hands -> {
            for (int i = 0; i < 1000; i++) { // more than every buffer has room for
                hands.typed(line);
            }
        });

        ExitStatus status = root.step("stty raw -echo; echo ready; sleep 1").runOn(screen);

        assertThat(status).isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void whatItLeavesBehindIsEndedThoughItHasTheTerminalOpen() throws Exception {
        ExitStatus status = root.step("(trap '' HUP; sleep 4715) & echo done").runOn(screen);

        assertThat(status).isEqualTo(new ExitStatus.Exited(0));
        assertThat(screen.text()).isEqualTo("done\r\n");
    }

    @Test
    void itIsConfinedAsAnyStepAndHoldsNothingOfOurs() throws Exception {
        String script = "grep -E '^(Cap|Seccomp:|NoNewPrivs)' /proc/self/status; id; cat /proc/self/uid_map";
        Grants grants = new Grants(java.util.EnumSet.of(Capability.CHOWN), java.util.List.of(), 1 << 20);
        String piped = root.step(script).granted(grants).run().out();

        root.step(script).granted(grants).runOn(screen);
        String shown = screen.text().replace("\r", "");
        Screen descriptors = new Screen();
        root.program("ls", "/proc/self/fd").runOn(descriptors);

        assertThat(shown).isEqualTo(piped);
        assertThat(descriptors.text()).isEqualTo("0  1  2  3\r\n"); // 3 is the directory
    }

    @Test
    void aMissingProgramIsNotFound() throws Exception {
        assertThat(root.program("/no/such").runOn(screen)).isEqualTo(new ExitStatus.NotStarted("/no/such", "ENOENT"));
    }

    @Test
    void nothingOfItStays() throws Exception {
        root.step("true").runOn(screen); // what is opened once
        long before = descriptors();

        root.step("echo hello").runOn(new Screen());

        assertThat(descriptors()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("typist"));
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** A person's terminal of 31 rows and 97 columns, whose person does something when something is shown. */
    private static final class Screen implements Terminal.Session {
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private final CountDownLatch there = new CountDownLatch(1);
        private String word = "";
        private Consumer<Terminal.Listener> reaction = hands -> {};
        private Consumer<Terminal.Listener> beginning = hands -> {};
        private Terminal.Listener hands;

        void onceShown(String text, Consumer<Terminal.Listener> action) {
            word = text;
            reaction = action;
        }

        void onceThere(Consumer<Terminal.Listener> action) {
            beginning = action;
        }

        String text() {
            return shown.toString(UTF_8);
        }

        @Override
        public Terminal.Size size() {
            return new Terminal.Size(31, 97);
        }

        @Override
        public void show(byte[] bytes) throws IOException {
            shown.writeBytes(bytes);
            if (!word.isEmpty() && text().contains(word)) {
                word = "";
                try {
                    assertThat(there.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                reaction.accept(hands);
            }
        }

        @Override
        public void listen(Terminal.Listener listener) {
            hands = listener;
            there.countDown();
            beginning.accept(listener);
        }

        @Override
        public void close() {}
    }
}
