package org.jbuildah.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jbuildah.engine.lint.Linted.dockerfile;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.ContainerConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that BuildKit does not have. */
class OwnRulesTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                on("FloatingBaseTag", List.of(1, 2), "FROM debian", "FROM registry:5000/debian:latest"),
                on("FloatingBaseTag", List.of(2), "ARG TAG=latest", "FROM debian:$TAG"),
                on("FloatingBaseTag", List.of(3), "FROM scratch AS a", "FROM a", "COPY --from=nginx /x /"),
                on("FloatingBaseTag", List.of(), "FROM debian:12 AS a", "FROM a", "COPY --from=a /x /"),
                on("FloatingBaseTag", List.of(), "FROM debian@sha256:" + "0".repeat(64), "FROM scratch"),
                on("LastUserIsRoot", List.of(1), "FROM x"),
                on("LastUserIsRoot", List.of(3), "FROM x", "USER 1000", "USER root"),
                on("LastUserIsRoot", List.of(2), "FROM x", "USER 0:0"),
                on("LastUserIsRoot", List.of(3), "FROM x AS a", "USER root", "FROM a"),
                on("LastUserIsRoot", List.of(1), "FROM scratch", "CMD [\"/app\"]"),
                on("LastUserIsRoot", List.of(), "FROM x", "USER root", "USER app"),
                on("LastUserIsRoot", List.of(), "FROM x AS a", "USER 1000:0", "FROM a"),
                on("LastUserIsRoot", List.of(), "FROM x AS build", "FROM scratch", "COPY --from=build /x /"));
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
    void inABuildTheUserOfTheBaseImageCounts() {
        Linted file = dockerfile("FROM x");

        assertThat(file.inBuildOn(ContainerConfig.EMPTY.with().user("65532")).linesOf("LastUserIsRoot"))
                .isEmpty();
        assertThat(file.inBuildOn(ContainerConfig.EMPTY.with().user("root")).linesOf("LastUserIsRoot"))
                .containsExactly(1);
        assertThat(file.inBuildOn(ContainerConfig.EMPTY.with()).linesOf("LastUserIsRoot"))
                .containsExactly(1);
    }

    @Nested
    class Wildcards {
        @TempDir
        Path context;

        private void holds(String... files) throws IOException {
            for (String file : files) {
                Files.createDirectories(context.resolve(file).getParent());
                Files.writeString(context.resolve(file), file);
            }
        }

        private List<Integer> linesOf(String... lines) {
            return dockerfile(lines).withFiles(context).linesOf("AmbiguousWildcard");
        }

        @Test
        void thatTakeSeveralFilesForOneAreFound() throws IOException {
            holds("target/shop-1.jar", "target/shop-2.jar");

            assertThat(linesOf("FROM scratch", "COPY target/*.jar /app.jar", "COPY target/*.jar /lib/"))
                    .containsExactly(2);
        }

        @Test
        void thatTakeByProductsTooAreFound() throws IOException {
            holds("target/shop.jar", "target/shop-sources.jar");

            assertThat(linesOf("FROM scratch", "ARG J=target/*.jar", "COPY $J /lib/", "ADD target/shop.j* /app.jar"))
                    .containsExactly(3);
        }

        @Test
        void thatTakeOneFileOrALibraryAreFine() throws IOException {
            holds("target/shop.jar", "target/lib/a.jar", "target/lib/b.jar");

            assertThat(linesOf("FROM scratch", "COPY target/*.jar /app.jar", "COPY target/lib/*.jar /lib/"))
                    .isEmpty();
        }

        @Test
        void areNotLookedForInOtherStages() throws IOException {
            holds("target/a.jar", "target/b.jar");

            assertThat(linesOf("FROM scratch AS b", "FROM scratch", "COPY --from=b target/*.jar /app.jar"))
                    .isEmpty();
        }
    }
}
