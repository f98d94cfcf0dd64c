package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.maven.config.CheckSettings;
import org.jbuildah.maven.config.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckOutcomeTest {
    private static final SourceText FILE = SourceText.of("/shop/Dockerfile", "FROM scratch as a\n");
    private static final CheckWarning WARNING =
            new CheckWarning("FromAsCasing", "FROM and AS.", "Write AS.", new SourceSpan(FILE, 1, 1));
    private static final DockerfileInvalid WRONG =
            new DockerfileInvalid(FailureCode.DOCKERFILE_SYNTAX, "It is wrong.", "Mend it.");

    private static final CheckReport CLEAN = new CheckReport(FILE, List.of(), null);
    private static final CheckReport WARNED = new CheckReport(FILE, List.of(WARNING), null);
    private static final CheckReport FAILED = new CheckReport(FILE, List.of(), WRONG);

    private final CollectingLog log = new CollectingLog();

    @TempDir
    Path module;

    private CheckOutcome outcome(CheckReport report, String failOn, String format) {
        Surroundings surroundings =
                new Surroundings(module, module.resolve("target"), "shop", "1", false, Map.of(), Map.of());
        return new CheckOutcome(report, CheckSettings.of(failOn, format, null, surroundings));
    }

    @Test
    void warningsAreLinesThatAnIdeOpens() {
        outcome(WARNED, "error", "text").tell(log);

        assertThat(log.lines)
                .containsExactly(
                        "WARN /shop/Dockerfile:1: Write AS. [FromAsCasing]",
                        "INFO /shop/Dockerfile: 1 warning, explained at " + CheckWarning.MANUAL);
    }

    @Test
    void aMistakeIsAWarningWhereNothingIsToFail() {
        outcome(FAILED, "never", "text").tell(log);

        assertThat(log.lines).first().asString().startsWith("WARN It is wrong.  [DOCKERFILE_SYNTAX]");
    }

    @Test
    void failOnSaysWhatFails() {
        for (CheckReport report : Arrays.asList(CLEAN, WARNED, FAILED)) {
            assertThatNoException().isThrownBy(outcome(report, "never", "text")::failIfAsked);
        }
        for (String failOn : List.of("warning", "error")) {
            assertThatNoException().isThrownBy(outcome(CLEAN, failOn, "text")::failIfAsked);
            assertThatExceptionOfType(DockerfileInvalid.class)
                    .isThrownBy(outcome(FAILED, failOn, "text")::failIfAsked)
                    .isSameAs(WRONG);
        }
        assertThatNoException().isThrownBy(outcome(WARNED, "error", "text")::failIfAsked);
        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(outcome(WARNED, "warning", "text")::failIfAsked)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CHECK_FAILED));
    }

    @Test
    void aReportOfAnotherFormatLiesInTheBuildDirectory() throws IOException {
        outcome(WARNED, "error", "text").write(module);
        assertThat(module.resolve("target")).doesNotExist();

        outcome(WARNED, "error", "sarif").write(module);
        assertThat(Files.readString(module.resolve("target/buildah-check.sarif")))
                .contains("\"FromAsCasing\"");
    }

    @Test
    void aWordWithoutMeaningIsRefusedWithItsProperty() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> outcome(CLEAN, "always", "text"))
                .satisfies(refused -> assertThat(refused.letter())
                        .contains("none of error, never, warning")
                        .contains("-Dbuildah.check.failOn=WORD"));
    }
}
