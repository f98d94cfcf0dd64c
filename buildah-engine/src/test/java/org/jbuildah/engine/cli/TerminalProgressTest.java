package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.cli.TerminalProgress.Style;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    private static final BuildEvent JUDGED = new BuildEvent.HostJudged(List.of("RUN works."));

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void setsWordsApart() {
        progress(Map.of("NO_COLOR", "")).event(JUDGED);

        assertThat(shown()).startsWith("\u001b[2mhost: RUN works.\u001b[0m");
    }

    @Test
    void writesPlainWordsWhereTheUserWantsNoColour() {
        progress(Map.of("NO_COLOR", "1")).event(JUDGED);

        assertThat(shown()).startsWith("host: RUN works.").doesNotContain("\u001b");
    }

    @Test
    void cutsTheMovingLineAtTheEdgeOfTheTerminal() {
        Digest digest = Digest.of(new byte[0]);
        TerminalProgress progress = progress(Map.of());

        progress.event(new BuildEvent.BlobTransferred(BuildEvent.Direction.PULL, "shop:1.0", digest, 1, 2));
        progress.event(JUDGED);

        assertThat(shown())
                .startsWith("\r\u001b[K\u001b[?7lpulling ")
                .contains("shop:1.0, 1 in all: 50 %\u001b[?7h\r\u001b[K\u001b[2mhost: ");
    }

    private TerminalProgress progress(Map<String, String> environment) {
        return new TerminalProgress(new PrintStream(screen, true, StandardCharsets.UTF_8), Style.of(environment));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
