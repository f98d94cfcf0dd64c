package org.jbuildah.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.jbuildah.engine.lint.Linted.dockerfile;

import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;

/** The directive, the build argument, and the comment before an instruction. */
class CheckOptionsTest {
    private static final String[] SLOPPY = {"FROM scratch as base", "copy Dockerfile ."};

    private static Linted sloppy(String check) {
        return dockerfile("#check=" + check, SLOPPY[0], SLOPPY[1]);
    }

    @Test
    void withoutThemEveryRuleButExperimentalOnesSpeaks() {
        assertThat(dockerfile(SLOPPY).found()).containsExactly("1 FromAsCasing", "2 ConsistentInstructionCasing");
    }

    @Test
    void theDirectiveSkipsSomeRulesOrAll() {
        assertThat(sloppy("skip=ConsistentInstructionCasing").found()).containsExactly("2 FromAsCasing");
        assertThat(sloppy("skip=ConsistentInstructionCasing,FromAsCasing").found())
                .isEmpty();
        assertThat(sloppy("skip=all").found()).isEmpty();
        assertThat(sloppy("skip=FromAsCasing // for a while").found()).containsExactly("3 ConsistentInstructionCasing");
    }

    @Test
    void theBuildArgumentTakesThePlaceOfTheDirective() {
        Linted file = sloppy("skip=all;error=true");

        assertThat(file.withArg("BUILDKIT_DOCKERFILE_CHECK", "skip=FromAsCasing")
                        .found())
                .containsExactly("3 ConsistentInstructionCasing");
        assertThatNoException().isThrownBy(() -> file.withArg("BUILDKIT_DOCKERFILE_CHECK", "skip=FromAsCasing")
                .refuseErrors());
    }

    @Test
    void aCommentSkipsForTheInstructionBehindIt() {
        assertThat(dockerfile(
                                "FROM scratch",
                                "# check=skip=SecretsUsedInArgOrEnv // wanted",
                                "ENV password=a",
                                "ENV secret=b",
                                "  # check=skip=all",
                                "# and another word",
                                "ENV token=c",
                                "# check=skip=all",
                                "",
                                "ENV key=d",
                                "# check=skip=nothing;;",
                                "ENV auth=e")
                        .linesOf("SecretsUsedInArgOrEnv"))
                .containsExactly(4, 10, 12);
    }

    @Test
    void experimentalRulesAreAskedForAndNotSkipped() {
        String[] lines = {"# words", "FROM scratch AS base"};

        assertThat(dockerfile("# check=skip=all;experimental=all\n" + String.join("\n", lines))
                        .found())
                .containsExactly("3 InvalidDefinitionDescription");
    }

    @Test
    void errorsAreRefusedByTheirNames() {
        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(sloppy("error=true")::refuseErrors)
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(FailureCode.CHECK_FAILED);
                    assertThat(refused.letter())
                            .contains("FromAsCasing (line 2), ConsistentInstructionCasing (line 3)")
                            .contains("Dockerfile:2");
                });
        assertThatNoException().isThrownBy(sloppy("skip=all;error=true")::refuseErrors);
        assertThatNoException().isThrownBy(sloppy("error=false")::refuseErrors);
    }

    @Test
    void adviceOfOurOwnIsNoError() {
        Linted file = dockerfile("# check=error=true", "FROM debian");

        assertThat(file.found()).containsExactly("2 FloatingBaseTag", "2 LastUserIsRoot");
        assertThatNoException().isThrownBy(file::refuseErrors);
    }

    @Test
    void whatIsNotInOrderIsRefusedWithItsPlace() {
        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(dockerfile("# syntax=x", "# check=skip", "FROM scratch")::found)
                .satisfies(refused -> assertThat(refused.letter())
                        .contains("\"skip\" is not OPTION=VALUE")
                        .contains("> 2 | # check=skip"));
        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(sloppy("error=yes")::found)
                .withMessageContaining("neither true nor false");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(dockerfile(SLOPPY).withArg("BUILDKIT_DOCKERFILE_CHECK", "only=this")::found)
                .withMessageContaining("none of skip, error, experimental");
    }
}
