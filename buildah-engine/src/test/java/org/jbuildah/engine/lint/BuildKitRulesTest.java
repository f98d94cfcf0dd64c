package org.jbuildah.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jbuildah.engine.lint.Linted.dockerfile;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of BuildKit's rules: what it complains of, in which line, and what it lets through. */
class BuildKitRulesTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                // a rule, the lines it complains of, the file
                on("StageNameCasing", List.of(1), "FROM scratch AS BuilderBase"),
                on("StageNameCasing", List.of(), "FROM scratch AS builder-base", "FROM builder-base"),
                on("FromAsCasing", List.of(1, 3), "FROM scratch as a", "FROM scratch AS b", "from scratch AS c"),
                on("FromAsCasing", List.of(), "from scratch as a", "FROM scratch AS b", "From scratch as c"),
                on("FromAsCasing", List.of(), "FROM scratch"),
                on("FromAsCasing", List.of(1), "FROM --platform=$BUILDPLATFORM scratch As a"),
                on("NoEmptyContinuation", List.of(5), "FROM scratch", "COPY a \\", "", " # words", "  /"),
                on("NoEmptyContinuation", List.of(), "FROM scratch", "COPY a \\", "# words", "  /", "", "USER 1"),
                on("NoEmptyContinuation", List.of(), "FROM x", "RUN <<EOF", "", "EOF"),
                on("ConsistentInstructionCasing", List.of(3), "FROM scratch", "COPY a /", "copy b /", "COPY c /"),
                on("ConsistentInstructionCasing", List.of(1), "From scratch", "FROM scratch"),
                on("ConsistentInstructionCasing", List.of(1, 4), "FROM x", "copy a /", "copy b /", "Copy c /"),
                on("ConsistentInstructionCasing", List.of(2), "FROM scratch", "copy a /"),
                on("ConsistentInstructionCasing", List.of(), "arg A=1", "FROM scratch", "RUN <<EOF", "env", "EOF"),
                on("ConsistentInstructionCasing", List.of(), "from scratch", "copy a /"),
                on("DuplicateStageName", List.of(2), "FROM scratch AS b", "FROM scratch AS B"),
                on("DuplicateStageName", List.of(), "FROM scratch AS a", "FROM scratch AS b", "FROM scratch"),
                on("ReservedStageName", List.of(1, 2), "FROM scratch AS scratch", "FROM scratch AS context"),
                on("ReservedStageName", List.of(), "FROM scratch", "FROM scratch AS scratchy"),
                on("JSONArgsRecommended", List.of(2, 3), "FROM x", "CMD app", "ENTRYPOINT app"),
                on("JSONArgsRecommended", List.of(), "FROM x", "CMD [\"app\"]", "RUN app", "HEALTHCHECK CMD app"),
                on("JSONArgsRecommended", List.of(), "FROM x", "SHELL [\"/bin/bash\", \"-c\"]", "CMD app"),
                on(
                        "JSONArgsRecommended",
                        List.of(),
                        "FROM x AS a",
                        "SHELL [\"/bin/bash\", \"-c\"]",
                        "FROM a",
                        "ENTRYPOINT app"),
                on("MaintainerDeprecated", List.of(2), "FROM x", "MAINTAINER me@example.org"),
                on("MaintainerDeprecated", List.of(), "FROM x", "LABEL org.opencontainers.image.authors=me"),
                on("UndefinedArgInFrom", List.of(2), "ARG tag=1", "FROM x:${tag}${version} AS b"),
                on("UndefinedArgInFrom", List.of(1), "FROM --platform=$BULIDPLATFORM scratch"),
                on("UndefinedArgInFrom", List.of(1), "FROM x:${tag:-1}"),
                on("UndefinedArgInFrom", List.of(1, 2, 3), "FROM $a-x AS s", "FROM $b-x", "FROM $b-y"),
                on("UndefinedArgInFrom", List.of(), "FROM --platform=$BUILDPLATFORM scratch"),
                on("UndefinedArgInFrom", List.of(), "ARG DEBUG", "FROM scra${DEBUG:-tch}"),
                on("WorkdirRelativePath", List.of(2), "FROM x", "WORKDIR app/", "WORKDIR deeper"),
                on("WorkdirRelativePath", List.of(), "FROM x AS a", "WORKDIR /app", "FROM a", "WORKDIR sub"),
                on("WorkdirRelativePath", List.of(), "FROM x", "ARG HOME_=/app", "WORKDIR $HOME_"),
                on("UndefinedVar", List.of(2), "FROM scratch", "COPY $foo .", "ARG foo=bar", "COPY $foo ."),
                on("UndefinedVar", List.of(2), "FROM scratch", "ENV A=$b C=${b:-x}"),
                on("UndefinedVar", List.of(2), "FROM scratch", "ENV A=1 B=$A"),
                on("UndefinedVar", List.of(3), "FROM scratch", "ARG a=1", "ARG b=$a c=$b d=$e"),
                on("UndefinedVar", List.of(2, 6), "FROM scratch", "COPY <<E /a", "$x", "E", "USER 1", "LABEL a=$x"),
                on("UndefinedVar", List.of(3), "FROM scratch", "ARG a", "COPY --chown=$A:$a x /"),
                on("UndefinedVar", List.of(2), "FROM scratch", "RUN --mount=type=cache,target=$dir x"),
                on("UndefinedVar", List.of(), "FROM scratch", "ARG foo", "COPY f${foo} ."),
                on("UndefinedVar", List.of(), "FROM scratch AS a", "ARG foo=x", "FROM a", "COPY $foo ."),
                on("UndefinedVar", List.of(), "FROM scratch", "ENV PATH=/x:$PATH", "RUN echo $foo", "EXPOSE $p"),
                on("UndefinedVar", List.of(), "FROM scratch", "COPY <<\"E\" /a", "$x", "E"),
                on("UndefinedVar", List.of(), "FROM scratch", "ENV A='$b' C=\\$d"),
                on("UndefinedVar", List.of(3), "FROM x", "ARG DIR_ASSETS=a", "COPY $DIR_ASSET ."),
                on("UndefinedVar", List.of(2), "FROM x", "ENV PATH=$PAHT:/tmp"),
                on("UndefinedVar", List.of(), "FROM x", "ENV PATH=$JAVA_HOME/bin:$PATH"),
                on(
                        "MultipleInstructionsDisallowed",
                        List.of(2, 3, 4),
                        "FROM x",
                        "ENTRYPOINT [\"a\"]",
                        "CMD [\"a\"]",
                        "HEALTHCHECK CMD a",
                        "ENTRYPOINT [\"b\"]",
                        "CMD [\"b\"]",
                        "HEALTHCHECK NONE"),
                on("MultipleInstructionsDisallowed", List.of(2, 3), "FROM x", "CMD a", "CMD b", "CMD c"),
                on("MultipleInstructionsDisallowed", List.of(), "FROM x AS a", "CMD a", "FROM a", "CMD b"),
                on("LegacyKeyValueFormat", List.of(2, 3), "FROM x", "ENV name the value", "label name value"),
                on("LegacyKeyValueFormat", List.of(), "FROM x", "ENV a=b c=d", "LABEL \"a b\"=c", "ARG a=1"),
                on("RedundantTargetPlatform", List.of(1), "FROM --platform=$TARGETPLATFORM scratch"),
                on("RedundantTargetPlatform", List.of(1), "FROM --platform=${TARGETPLATFORM} scratch"),
                on("RedundantTargetPlatform", List.of(), "FROM --platform=$BUILDPLATFORM scratch", "FROM scratch"),
                on("SecretsUsedInArgOrEnv", List.of(2), "FROM x", "ARG SECRET_PASSPHRASE"),
                on("SecretsUsedInArgOrEnv", List.of(2, 2), "FROM x", "ENV password=a secret=b"),
                on("SecretsUsedInArgOrEnv", List.of(2, 3, 4), "FROM x", "ENV apikey=a b=c", "ENV git_key=", "ARG auth"),
                on(
                        "SecretsUsedInArgOrEnv",
                        List.of(),
                        "FROM x",
                        "ENV PUBLIC_KEY=a password_file=b",
                        "ARG public_token"),
                on("SecretsUsedInArgOrEnv", List.of(), "FROM x", "ARG AUTH_MODULE_VERSION", "ENV monkey=a keyboard=b"),
                on("InvalidDefaultArgInFrom", List.of(2), "ARG VERSION", "FROM busybox:$VERSION"),
                on("InvalidDefaultArgInFrom", List.of(2), "ARG IMAGE", "FROM $IMAGE"),
                on("InvalidDefaultArgInFrom", List.of(2), "ARG END=box:", "FROM busy${END}"),
                on("InvalidDefaultArgInFrom", List.of(), "ARG VERSION=1", "FROM busybox:${VERSION}"),
                on("InvalidDefaultArgInFrom", List.of(), "ARG V=", "FROM busybox:stable${V}"),
                on("InvalidDefaultArgInFrom", List.of(), "ARG B=Build", "FROM scratch AS build", "FROM $B"),
                on("FromPlatformFlagConstDisallowed", List.of(1), "FROM --platform=linux/amd64 scratch"),
                on("FromPlatformFlagConstDisallowed", List.of(1), "FROM --platform=amd64 scratch AS b"),
                on("FromPlatformFlagConstDisallowed", List.of(), "FROM --platform=linux/amd64 scratch AS my_amd64"),
                on("FromPlatformFlagConstDisallowed", List.of(), "FROM --platform=linux/amd64 scratch AS linux"),
                on("FromPlatformFlagConstDisallowed", List.of(), "FROM --platform=$BUILDPLATFORM scratch"),
                on("ExposeProtoCasing", List.of(2, 2), "FROM x", "EXPOSE 80/TcP 8080/TCP 8080/udp 9"),
                on("ExposeProtoCasing", List.of(), "FROM x", "EXPOSE 80/tcp 81"),
                on("ExposeInvalidFormat", List.of(2, 2, 2), "FROM x", "EXPOSE 127.0.0.1:80:80 [::1]:81:81 5:5 8000"),
                on("ExposeInvalidFormat", List.of(), "FROM x", "EXPOSE 80 8000-8010/udp"),
                on("ExposeInvalidFormat", List.of(3), "FROM x", "ARG P=80:80", "EXPOSE $P"));
    }

    private static Arguments on(String rule, List<Integer> lines, String... file) {
        return arguments(rule, lines, dockerfile(file));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cases")
    void complainsOfTheseLines(String rule, List<Integer> lines, Linted file) {
        assertThat(file.linesOf(rule)).isEqualTo(lines);
    }

    @Test
    void anInvalidDefaultIsFoundAlthoughTheBuildArgumentMendsIt() {
        Linted file = dockerfile("ARG VERSION", "FROM busybox:$VERSION").withArg("VERSION", "1");

        assertThat(file.linesOf("InvalidDefaultArgInFrom")).containsExactly(2);
    }

    @Test
    void aDefaultThatABuildArgumentReplacesIsNotLookedAt() {
        Linted file = dockerfile("FROM scratch", "ARG a=$b");

        assertThat(file.linesOf("UndefinedVar")).containsExactly(2);
        assertThat(file.withArg("b", "1").linesOf("UndefinedVar")).containsExactly(2);
        assertThat(file.withArg("a", "1").linesOf("UndefinedVar")).isEmpty();
    }

    @Test
    void descriptionsAreCheckedWhereThatIsAskedFor() {
        String[] lines = {
            "# bar is wrong", "ARG foo=bar", "# BasE is wrong", "FROM scratch AS base", "# wrong", "ARG a=1 b=2"
        };
        String[] right = {
            "# foo is it",
            "ARG foo=bar",
            "# not meant",
            "",
            "FROM scratch AS base",
            "# b is it",
            "ARG a=1 b=2",
            "# x",
            "#",
            "ARG c"
        };

        assertThat(dockerfile(lines).linesOf("InvalidDefinitionDescription")).isEmpty();
        assertThat(asked(lines).linesOf("InvalidDefinitionDescription")).containsExactly(3, 5, 7);
        assertThat(asked(right).linesOf("InvalidDefinitionDescription")).isEmpty();
    }

    private static Linted asked(String... lines) {
        return dockerfile("# check=experimental=InvalidDefinitionDescription\n" + String.join("\n", lines));
    }

    @Test
    void whatTheIgnoreFileExcludesCannotBeCopied() {
        Linted file = dockerfile(
                "FROM scratch AS s",
                "COPY Dockerfile .",
                "ADD ./target/app.jar http://example.com/target /",
                "FROM scratch",
                "COPY --from=s target /",
                "COPY . /");

        assertThat(file.withIgnoreFile("Dockerfile\ntarget\n").linesOf("CopyIgnoredFile"))
                .containsExactly(2, 3);
        assertThat(file.withIgnoreFile("**\n").linesOf("CopyIgnoredFile")).containsExactly(2, 3, 6);
        assertThat(file.withIgnoreFile("**\n!other\n").linesOf("CopyIgnoredFile"))
                .isEmpty();
        assertThat(file.linesOf("CopyIgnoredFile")).isEmpty();
    }

    @Test
    void inABuildTheBaseImageTellsWhatIsSet() {
        Linted file = dockerfile("FROM x AS a", "ENV PATH=$JAVA_HOME/bin:$FOO", "FROM a", "USER $BAR");
        ContainerConfig.Builder java = ContainerConfig.EMPTY.with().env(List.of("JAVA_HOME=/java"));

        assertThat(file.linesOf("UndefinedVar")).isEmpty();
        assertThat(file.inBuildOn(java).linesOf("UndefinedVar")).containsExactly(2, 4);
    }

    @Test
    void inABuildTheShellOfTheBaseImageCounts() {
        Linted file = dockerfile("FROM x", "CMD app");

        assertThat(file.inBuildOn(ContainerConfig.EMPTY.with()).linesOf("JSONArgsRecommended"))
                .containsExactly(2);
        assertThat(file.inBuildOn(ContainerConfig.EMPTY.with().shell(List.of("/bin/bash", "-c")))
                        .linesOf("JSONArgsRecommended"))
                .isEmpty();
    }

    @Test
    void aBaseImageOfAnotherPlatformIsFoundInABuild() {
        Linted file = dockerfile("FROM scratch AS a", "FROM x:1");

        assertThat(file.linesOf("InvalidBaseImagePlatform")).isEmpty();
        assertThat(file.inBuildOn(Linted.PLATFORM, ContainerConfig.EMPTY).linesOf("InvalidBaseImagePlatform"))
                .isEmpty();
        assertThat(file.inBuildOn(new Platform("linux", "arm64", ""), ContainerConfig.EMPTY)
                        .linesOf("InvalidBaseImagePlatform"))
                .containsExactly(2);
    }

    @Test
    void stagesThatTheTargetDoesNotNeedAreLeftAlone() {
        Linted file = dockerfile("FROM scratch AS first", "COPY $foo .", "FROM scratch AS second", "COPY $bar .");

        assertThat(file.linesOf("UndefinedVar")).containsExactly(2, 4);
        assertThat(file.withTarget("second").linesOf("UndefinedVar")).containsExactly(4);
    }
}
