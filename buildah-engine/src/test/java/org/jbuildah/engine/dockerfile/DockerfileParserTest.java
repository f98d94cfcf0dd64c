package org.jbuildah.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.Instruction.Command;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DockerfileParserTest {
    private static final SourceSpan FROM = new SourceSpan(SourceText.of("Dockerfile", "FROM base\n"), 1, 1);

    private static Dockerfile parse(String... lines) {
        return DockerfileParser.parse(SourceText.of("Dockerfile", String.join("\n", lines) + "\n"));
    }

    /** The one instruction behind a FROM. */
    private static <T extends Instruction> T only(Class<T> type, String... lines) {
        Dockerfile dockerfile =
                DockerfileParser.parse(SourceText.of("Dockerfile", "FROM scratch\n" + String.join("\n", lines) + "\n"));
        assertThat(dockerfile.instructions()).hasSize(2);
        return type.cast(dockerfile.instructions().get(1));
    }

    @Test
    void directivesAreKeptByLowerCaseKey() {
        Dockerfile dockerfile =
                parse("# Syntax = docker/dockerfile:1 ", "#escape=`", "# check=skip=all", "# hello=world", "FROM a");

        assertThat(dockerfile.directives())
                .containsOnlyKeys("syntax", "escape", "check")
                .containsEntry("syntax", "docker/dockerfile:1")
                .containsEntry("check", "skip=all");
        assertThat(dockerfile.escape()).isEqualTo('`');
    }

    @Test
    void aDirectiveBehindACommentIsAComment() {
        assertThat(parse("# hello", "# escape=`", "FROM a").escape()).isEqualTo('\\');
    }

    @Test
    void anInstructionKnowsItsLinesAndItsText() {
        Instruction.Run run = only(Instruction.Run.class, "RUN a \\", "# comment", "", "  b");

        assertThat(run.source().firstLine()).isEqualTo(2);
        assertThat(run.source().lastLine()).isEqualTo(5);
        assertThat(run.text()).isEqualTo("RUN a   b");
        assertThat(run.command()).isEqualTo(new Command.Shell("a   b"));
    }

    @Test
    void linesMayEndAsOnWindows() {
        Dockerfile dockerfile = DockerfileParser.parse(
                SourceText.of("Dockerfile", "FROM a\r\nRUN b \\\r\n c\r\nRUN <<E\r\nx\r\nE\r\n"));

        assertThat(((Instruction.Run) dockerfile.instructions().get(1)).command())
                .isEqualTo(new Command.Shell("b  c"));
        assertThat(((Instruction.Run) dockerfile.instructions().get(2)).heredocs())
                .containsExactly(new Heredoc("E", 0, true, false, "x\r\n"));
    }

    @Test
    void anEscapedEscapeContinuesNothing() {
        assertThat(parse("FROM a", "RUN dir c:\\\\", "RUN b").instructions()).hasSize(3);
    }

    @Test
    void stageNamesAreInLowerCase() {
        Instruction.From from = (Instruction.From) parse("from --platform=$BUILDPLATFORM a as Build_1.x")
                .instructions()
                .get(0);

        assertThat(from.stage()).isEqualTo("build_1.x");
        assertThat(from.platform()).isEqualTo("$BUILDPLATFORM");
    }

    @Test
    void anArgMayHaveNoDefault() {
        assertThat(only(Instruction.Arg.class, "ARG a b= c=\"x y\"").declarations())
                .containsExactly(
                        new Instruction.Arg.Declaration("a", null),
                        new Instruction.Arg.Declaration("b", ""),
                        new Instruction.Arg.Declaration("c", "\"x y\""));
    }

    @Test
    void envHasTwoForms() {
        assertThat(only(Instruction.Env.class, "ENV A=1 B='x y'").assignments())
                .containsExactly(new Instruction.Assignment("A", "1"), new Instruction.Assignment("B", "'x y'"));
        assertThat(only(Instruction.Env.class, "ENV A b = c").assignments())
                .containsExactly(new Instruction.Assignment("A", "b = c"));
    }

    @Test
    void commandsHaveTwoForms() {
        assertThat(only(Instruction.Cmd.class, "CMD [\"a\", \"b c\"]").command())
                .isEqualTo(new Command.Exec(List.of("a", "b c")));
        assertThat(only(Instruction.Cmd.class, "CMD ['a']").command()).isEqualTo(new Command.Shell("['a']"));
        assertThat(only(Instruction.Entrypoint.class, "ENTRYPOINT []").command())
                .isEqualTo(new Command.Exec(List.of()));
        assertThat(only(Instruction.Entrypoint.class, "ENTRYPOINT").command()).isEqualTo(new Command.Shell(""));
    }

    @Test
    void healthcheckUnderstandsDurationsInGosForm() {
        Instruction.Healthcheck check = only(
                Instruction.Healthcheck.class,
                "HEALTHCHECK --interval=1h2m3.5s --timeout=300ms --start-period=0 --retries=4 CMD curl -f x || exit 1");

        assertThat(check.test()).containsExactly("CMD-SHELL", "curl -f x || exit 1");
        assertThat(check.interval()).isEqualTo(Duration.ofMillis(3_723_500));
        assertThat(check.timeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(check.startPeriod()).isZero();
        assertThat(check.startInterval()).isZero();
        assertThat(check.retries()).isEqualTo(4);
        assertThat(only(Instruction.Healthcheck.class, "HEALTHCHECK none").test())
                .containsExactly("NONE");
        assertThat(only(Instruction.Healthcheck.class, "HEALTHCHECK CMD [\"a\", \"b\"]")
                        .test())
                .containsExactly("CMD", "a", "b");
    }

    @Test
    void flagsAreKeptInOrder() {
        Instruction.Transfer copy =
                only(Instruction.Transfer.class, "COPY --exclude=a --link --exclude=b --from=x --parents=FALSE s d");

        assertThat(copy.flags())
                .containsExactly(
                        new Flag("exclude", "a", true),
                        new Flag("link", "", false),
                        new Flag("exclude", "b", true),
                        new Flag("from", "x", true),
                        new Flag("parents", "false", true));
        assertThat(copy.flags()).extracting(Flag::on).containsExactly(false, true, false, false, false);
        assertThat(copy.from()).contains("x");
    }

    @Test
    void mountOptionsMayBeQuoted() {
        Instruction.Run run = only(
                Instruction.Run.class, "RUN --mount=type=bind,\\\"source=a,b\\\",TARGET=/m,rw --mount=type=tmpfs cmd");

        assertThat(run.mounts()).hasSize(2);
        assertThat(run.mounts().get(0).value("source")).contains("a,b");
        assertThat(run.mounts().get(0).value("target")).contains("/m");
        assertThat(run.mounts().get(0).options())
                .extracting(MountOptions.Option::key)
                .contains("rw");
        assertThat(run.mounts().get(0).value("rw")).isEmpty();
    }

    @Nested
    class HereDocuments {
        @Test
        void areSourcesOfCopyBesidePaths() {
            Instruction.Transfer copy =
                    only(Instruction.Transfer.class, "COPY a <<b <<-\"c\" /e/", "1", "b", "\t\t2 $x", "\tc");

            assertThat(copy.paths()).containsExactly("a");
            assertThat(copy.destination()).isEqualTo("/e/");
            assertThat(copy.heredocs())
                    .containsExactly(
                            new Heredoc("b", 0, true, false, "1\n"), new Heredoc("c", 0, false, true, "2 $x\n"));
        }

        @Test
        void mayBeSeveralAndBeNumbered() {
            Instruction.Run run =
                    only(Instruction.Run.class, "RUN 3<<A cat /proc/self/fd/3 - << 'B'", "one", "A", "two", "B");

            assertThat(run.command()).isEqualTo(new Command.Shell("3<<A cat /proc/self/fd/3 - << 'B'"));
            assertThat(run.heredocs())
                    .containsExactly(
                            new Heredoc("A", 3, true, false, "one\n"), new Heredoc("B", 0, false, false, "two\n"));
        }

        @Test
        void areNotAnnouncedByQuotesJsonOrThreeMarks() {
            assertThat(parse("FROM a", "RUN echo \"<<EOF\"", "RUN [\"<<EOF\"]", "RUN cat <<<x", "CMD cat <<EOF")
                            .instructions())
                    .hasSize(5);
        }

        @Test
        void travelWithATrigger() {
            Instruction.OnBuild onBuild = only(Instruction.OnBuild.class, "ONBUILD RUN <<-EOF", "\techo $x", "\tEOF");

            Instruction.Run run = (Instruction.Run) DockerfileParser.parseTriggers(List.of(onBuild.trigger()), FROM)
                    .get(0);
            assertThat(run.command()).isEqualTo(new Command.Shell("<<-EOF"));
            assertThat(run.heredocs()).containsExactly(new Heredoc("EOF", 0, true, true, "\techo $x\n"));
            assertThat(run.script()).contains(new Heredoc("EOF", 0, true, true, "echo $x\n"));
        }

        @Test
        void areAScriptOnlyWhereNothingElseStandsOnTheLine() {
            for (String line : List.of("<<EOF sh", "sh <<EOF", "<<EOF > /x", "[\"sh\"] <<EOF")) {
                Instruction.Run run = only(Instruction.Run.class, "RUN " + line, "x", "EOF");
                assertThat(run.script()).as(line).isEmpty();
            }
            assertThat(only(Instruction.Run.class, "RUN 3<<'EOF' ", "x", "EOF").script())
                    .contains(new Heredoc("EOF", 3, false, false, "x\n"));
        }
    }

    @Test
    void anyTextIsADockerfileOrRefusedWithItsPlace() {
        String[] pieces = {
            "FROM a\n",
            "RUN ",
            "COPY ",
            "ONBUILD ",
            "ENV ",
            "HEALTHCHECK ",
            "--",
            "mount=",
            "from=",
            "--link ",
            "<<",
            "<<-E",
            "E\n",
            "\n",
            "\\\n",
            "#",
            "# escape=`\n",
            "`",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "$",
            "${",
            ":-",
            "=",
            " ",
            "\t",
            "a",
            "0",
            "\\",
            "\u00e9",
            "\ud83d\ude00",
            "\u0000",
            "\r",
            ",",
            "ARG ",
            "CMD ",
            "as ",
            "\u0085",
            "\ufeff"
        };
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("FROM a AS b\n");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                DockerfileParser.parse(SourceText.of("Dockerfile", text.toString()));
            } catch (DockerfileInvalid refusal) {
                assertThat(refusal.where()).as(text.toString()).isPresent();
                assertThat(refusal.letter()).as(text.toString()).contains("Dockerfile:");
            }
        }
    }

    @Test
    void deepNestingIsRefusedOrRead() {
        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(() -> parse("FROM a", "ONBUILD ".repeat(100_000) + "RUN b"))
                .satisfies(refusal ->
                        assertThat(refusal.what()).isEqualTo("ONBUILD cannot be the trigger of an ONBUILD."));
        assertThat(only(Instruction.Cmd.class, "CMD " + "[".repeat(100_000)).command())
                .isInstanceOf(Command.Shell.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WordLexer('\\').expand("${a:-".repeat(100_000), name -> Optional.empty()))
                .withMessageEndingWith("nested more than 100 deep.");
    }

    @Nested
    class Triggers {
        @Test
        void standWhereTheFromStands() {
            List<Instruction> triggers = DockerfileParser.parseTriggers(List.of("RUN a", "COPY --from=x b c"), FROM);

            assertThat(triggers).extracting(Instruction::source).containsOnly(FROM);
            assertThat(triggers).extracting(Instruction::text).containsExactly("RUN a", "COPY --from=x b c");
        }

        @Test
        void areRefusedWithTheirText() {
            assertThatExceptionOfType(DockerfileInvalid.class)
                    .isThrownBy(() -> DockerfileParser.parseTriggers(List.of("FROM x"), FROM))
                    .satisfies(failure -> {
                        assertThat(failure.where()).contains(FROM);
                        assertThat(failure.what())
                                .isEqualTo("The base image has the trigger \"FROM x\", which cannot be executed."
                                        + " FROM cannot be the trigger of an ONBUILD.");
                    });
        }

        @Test
        void areOneInstructionEach() {
            assertThatExceptionOfType(DockerfileInvalid.class)
                    .isThrownBy(() -> DockerfileParser.parseTriggers(List.of("RUN a\nRUN b"), FROM));
        }
    }
}
