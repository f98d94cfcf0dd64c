package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.Test;

class MavenEventRendererTest {
    private final CollectingLog log = new CollectingLog();

    @Test
    void outputIsToldInWholeLinesUnderItsStep() {
        try (MavenEventRenderer renderer = new MavenEventRenderer(log)) {
            renderer.event(started("build", 2, "RUN make"));
            renderer.event(started("docs", 1, "RUN pandoc"));
            renderer.event(output("build", 2, "one\ntw"));
            renderer.event(output("docs", 1, "page\r\n"));
            renderer.event(output("build", 2, "o\n10%\r100%\nlast words"));
            renderer.event(new BuildEvent.StepFinished("build", 2, Duration.ofMillis(7)));
        }

        assertThat(log.lines)
                .containsExactly(
                        "INFO [build 2/3] RUN make",
                        "INFO [docs 1/3] RUN pandoc",
                        "INFO [build 2/3] | one",
                        "INFO [docs 1/3] | page",
                        "INFO [build 2/3] | two",
                        "INFO [build 2/3] | 100%",
                        "INFO [build 2/3] | last words",
                        "DEBUG [build 2/3] took 7 ms");
    }

    @Test
    void smallBlobsHaveASizeToo() {
        Digest digest = Digest.of(new byte[0]);
        try (MavenEventRenderer renderer = new MavenEventRenderer(log)) {
            renderer.event(new BuildEvent.BlobTransferred(BuildEvent.Direction.PUSH, "shop:1.0", digest, 261, 261));
        }

        assertThat(log.lines).containsExactly("INFO pushed " + digest + " of shop:1.0, 261 B");
    }

    @Test
    void theLastWordsOfAFailedStepAreNotLost() {
        try (MavenEventRenderer renderer = new MavenEventRenderer(log)) {
            renderer.event(started("build", 1, "RUN false"));
            renderer.event(output("build", 1, "no line end"));
        }

        assertThat(log.lines).contains("INFO [build 1/3] | no line end");
    }

    @Test
    void aCachedStepAndAWarningAreOneLineEach() {
        try (MavenEventRenderer renderer = new MavenEventRenderer(log)) {
            renderer.event(started("stage-0", 1, "COPY a b"));
            renderer.event(new BuildEvent.StepCached("stage-0", 1));
            renderer.event(new BuildEvent.Warned("careful"));
            renderer.event(new BuildEvent.HostJudged(List.of("mode auto")));
        }

        assertThat(log.lines)
                .containsExactly(
                        "INFO [stage-0 1/3] COPY a b", "INFO [stage-0 1/3] cached", "WARN careful", "INFO mode auto");
    }

    @Test
    void warningsOfChecksComeTogetherAtTheEnd() {
        try (MavenEventRenderer renderer = new MavenEventRenderer(log)) {
            renderer.event(warned(7, "second"));
            renderer.event(warned(2, "first"));
            renderer.event(started("stage-0", 1, "COPY a b"));
        }

        assertThat(log.lines)
                .containsExactly(
                        "INFO [stage-0 1/3] COPY a b",
                        "WARN Dockerfile:2: first [Rule]",
                        "WARN Dockerfile:7: second [Rule]",
                        "INFO The warnings are explained at " + CheckWarning.MANUAL);
    }

    private static BuildEvent warned(int line, String detail) {
        SourceSpan place = new SourceSpan(new SourceText("Dockerfile", List.of()), line, line);
        return new BuildEvent.CheckWarned(new CheckWarning("Rule", "A rule.", detail, place));
    }

    private static BuildEvent started(String stage, int number, String text) {
        return new BuildEvent.StepStarted(
                stage, number, 3, text, new SourceSpan(new SourceText("Dockerfile", List.of(text)), 1, 1));
    }

    private static BuildEvent output(String stage, int number, String text) {
        return new BuildEvent.ProcessOutput(stage, number, false, text.getBytes(StandardCharsets.UTF_8));
    }
}
