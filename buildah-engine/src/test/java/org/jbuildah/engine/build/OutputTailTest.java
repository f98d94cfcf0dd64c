package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final OutputTail tail = new OutputTail((error, bytes) -> heard.writeBytes(bytes));

    private void out(String text) {
        tail.output(false, text.getBytes(UTF_8));
    }

    private void err(String text) {
        tail.output(true, text.getBytes(UTF_8));
    }

    @Test
    void theLastTwentyLinesAreKeptAndAllIsHandedOn() {
        IntStream.range(0, 1000).forEach(i -> out("line " + i + "\n"));

        assertThat(tail.lines()).hasSize(20).startsWith("line 980").endsWith("line 999");
        assertThat(heard.toString(UTF_8)).startsWith("line 0\n").endsWith("line 999\n");
    }

    @Test
    void bothStreamsStandInTheOrderInWhichTheirLinesEnded() {
        out("be");
        err("oh\n");
        out("gin\nun");
        err("finished");

        assertThat(tail.lines()).containsExactly("oh", "begin", "un", "finished");
    }

    @Test
    void charactersMayArriveInPieces() {
        byte[] bytes = "grüße\n".getBytes(UTF_8);
        for (byte value : bytes) {
            tail.output(false, new byte[] {value});
        }

        assertThat(tail.lines()).containsExactly("grüße");
    }

    @Test
    void ofALineThatWasOverwrittenTheLastStateIsKept() {
        out("10 %\r50 %\r100 %\nwindows\r\n");

        assertThat(tail.lines()).containsExactly("100 %", "windows");
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        IntStream.range(0, 10_000).forEach(i -> out("x".repeat(100)));

        assertThat(tail.lines()).containsExactly("x".repeat(OutputTail.LONGEST_LINE) + "…");
    }

    @Test
    void coloursAreLeftOut() {
        out("\u001b[1;31merror:\u001b[0m no\n");

        assertThat(tail.lines()).isEqualTo(List.of("error: no"));
    }
}
