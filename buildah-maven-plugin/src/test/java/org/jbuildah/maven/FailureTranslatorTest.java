package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.api.StepFailed;
import org.junit.jupiter.api.Test;

class FailureTranslatorTest {
    @Test
    void theUsersBuildFailedWhereDockerfileOrStepDid() {
        for (BuildException failure : List.of(
                new DockerfileInvalid(FailureCode.DOCKERFILE_SYNTAX, "what", "remedy"),
                new StepFailed(FailureCode.RUN_EXITED, "what", "remedy"))) {
            assertThatExceptionOfType(MojoFailureException.class)
                    .isThrownBy(() -> FailureTranslator.rethrow(failure))
                    .withMessage(failure.letter())
                    .withNoCause();
        }
    }

    @Test
    void anythingElseIsAnErrorOfTheGoal() {
        BuildException failure = new HostUnsuitable(FailureCode.HOST_UNSUITABLE, "what", "remedy");

        assertThatExceptionOfType(MojoExecutionException.class)
                .isThrownBy(() -> FailureTranslator.rethrow(failure))
                .withMessage("what  [HOST_UNSUITABLE]\n  remedy");
    }

    @Test
    void theLetterShowsTheLine() {
        SourceSpan line = new SourceSpan(new SourceText("Dockerfile", List.of("FROM scratch", "RUNN x")), 2, 2);
        BuildException failure =
                new DockerfileInvalid(FailureCode.INSTRUCTION_UNKNOWN, "\"RUNN\" is no instruction.", "").at(line);

        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(() -> FailureTranslator.rethrow(failure))
                .satisfies(told ->
                        assertThat(told.getMessage()).contains("Dockerfile:2").contains("> 2 | RUNN x"));
    }
}
