package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final OutputTail tail = new OutputTail((error, bytes) -> heard.writeBytes(bytes));

    private void out(String text) throws IOException {
        tail.output(false, text.getBytes(UTF_8));
    }

    private void err(String text) throws IOException {
        tail.output(true, text.getBytes(UTF_8));
    }

    @Test
    void theLastTwentyLinesAreKeptAndAllIsHandedOn() throws IOException {
        for (int i = 0; i < 1000; i++) {
            out("line " + i + "\n");
        }

        assertThat(tail.lines()).hasSize(20).startsWith("line 980").endsWith("line 999");
        assertThat(heard.toString(UTF_8)).startsWith("line 0\n").endsWith("line 999\n");
    }

    @Test
    void bothStreamsStandInTheOrderInWhichTheirLinesEnded() throws IOException {
        out("be");
        err("oh\n");
        out("gin\nun");
        err("finished");

        assertThat(tail.lines()).containsExactly("oh", "begin", "un", "finished");
    }

    @Test
    void charactersMayArriveInPieces() throws IOException {
        byte[] bytes = "grüße\n".getBytes(UTF_8);
        for (byte value : bytes) {
            tail.output(false, new byte[] {value});
        }

        assertThat(tail.lines()).containsExactly("grüße");
    }

    @Test
    void ofALineThatWasOverwrittenTheLastStateIsKept() throws IOException {
        out("10 %\r50 %\r100 %\nwindows\r\n");

        assertThat(tail.lines()).containsExactly("100 %", "windows");
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            out("x".repeat(100));
        }

        assertThat(tail.lines()).containsExactly("x".repeat(OutputTail.LONGEST_LINE) + "…");
    }

    @Test
    void coloursAreLeftOut() throws IOException {
        out("\u001b[1;31merror:\u001b[0m no\n");

        assertThat(tail.lines()).isEqualTo(List.of("error: no"));
    }
}
