package org.jbuildah.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.Test;

class ArgScopeTest {
    private static StageGraph plan(Map<String, String> args, String... lines) {
        return Planner.plan(
                DockerfileParser.parse(SourceText.of("Dockerfile", String.join("\n", lines) + "\n")),
                args,
                null,
                new Platform("linux", "amd64", ""));
    }

    private static ArgScope scope(Map<String, String> args, String... header) {
        StageGraph graph = plan(args, String.join("\n", header) + "\nFROM scratch");
        return Planner.scopeOf(graph.target(), graph);
    }

    @Test
    void aGivenValueWinsOverADefaultAndThatOverTheHeader() {
        ArgScope scope = scope(Map.of("a", "given"), "ARG a=header b=header c=header");

        assertThat(scope.declare("a", "default").value("a")).contains("given");
        assertThat(scope.declare("b", "default").value("b")).contains("default");
        assertThat(scope.declare("c", null).value("c")).contains("header");
        assertThat(scope.declare("d", null).value("d")).isEmpty();
    }

    @Test
    void nothingIsThereUndeclared() {
        ArgScope scope = scope(Map.of("a", "given"), "ARG a=header");

        assertThat(scope.value("a")).isEmpty();
        assertThat(scope.declared()).isEmpty();
    }

    @Test
    void anEmptyGivenValueIsAValue() {
        assertThat(scope(Map.of("a", "")).declare("a", "default").value("a")).contains("");
    }

    @Test
    void declarationsKeepTheirFirstPlace() {
        ArgScope scope = scope(Map.of())
                .declare("a", "1")
                .declare("b", "2")
                .declare("none", null)
                .declare("a", "3");

        assertThat(scope.declared()).containsExactly("a=3", "b=2");
        assertThat(scope.names()).containsExactly("a", "b", "none");
    }

    @Test
    void ofArgAndEnvTheLaterCounts() {
        ArgScope scope = scope(Map.of("x", "given")).declare("x", "arg").assign("x", "env");

        assertThat(scope.value("x")).contains("env");
        assertThat(scope.declare("x", "again").value("x")).contains("given");
        assertThat(scope.assign("y", "env").value("y")).isEmpty();
    }

    @Test
    void aStageInheritsWhatTheStageBelowDeclared() {
        StageGraph graph = plan(
                Map.of(),
                "ARG OTHER=fix",
                "FROM scratch AS base",
                "ARG NAME=base",
                "ENV E=e",
                "FROM base AS dev",
                "ARG NAME=$NAME-dev$E LATE=${NAME}!",
                "ENV NAME=env-$NAME",
                "FROM dev");
        ArgScope scope = Planner.scopeOf(graph.target(), graph);

        assertThat(scope.declared()).containsExactly("NAME=env-base-dev", "LATE=base-dev!");
        assertThat(scope.declare("NAME", null).value("NAME")).contains("env-base-dev");
        assertThat(scope.declare("OTHER", null).value("OTHER")).contains("fix");
    }

    @Test
    void proxiesNeedNoDeclarationAndComeInBothCases() {
        ArgScope scope = scope(Map.of("HTTP_PROXY", "http://p", "no_proxy", "x", "OTHER", "y"));

        assertThat(scope.undeclaredProxies())
                .containsOnly(
                        Map.entry("HTTP_PROXY", "http://p"),
                        Map.entry("http_proxy", "http://p"),
                        Map.entry("NO_PROXY", "x"),
                        Map.entry("no_proxy", "x"));
        assertThat(scope.declare("HTTP_PROXY", null).undeclaredProxies()).doesNotContainKey("HTTP_PROXY");
    }
}
