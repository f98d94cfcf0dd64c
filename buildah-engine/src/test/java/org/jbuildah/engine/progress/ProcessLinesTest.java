package org.jbuildah.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessLinesTest {
    private final List<String> heard = new ArrayList<>();
    private final ProcessLines lines =
            new ProcessLines((stage, number, text) -> heard.add(stage + " " + number + ": " + text));

    private void add(String stage, int number, String text) {
        lines.add(new BuildEvent.ProcessOutput(stage, number, false, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void linesOfStepsSideBySideAreKeptApart() {
        add("a", 1, "one ");
        add("b", 1, "two\n");
        add("a", 1, "line\nrest");
        lines.end("a", 1);

        assertThat(heard).containsExactly("b 1: two", "a 1: one line", "a 1: rest");
    }

    @Test
    void aLineThatWasOverwrittenIsItsLastState() {
        add("a", 1, " 10 %\r 90 %\r100 %\r\n");

        assertThat(heard).containsExactly("a 1: 100 %");
    }

    @Test
    void charactersThatComeInPiecesStayWhole() {
        byte[] bytes = "ä\n".getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            lines.add(new BuildEvent.ProcessOutput("a", 1, true, new byte[] {each}));
        }

        assertThat(heard).containsExactly("a 1: ä");
    }

    @Test
    void theLastWordsOfAllStepsAreTold() {
        add("a", 1, "x");
        add("b", 2, "y");
        lines.end();

        assertThat(heard).containsExactlyInAnyOrder("a 1: x", "b 2: y");
    }
}
