package org.jbuildah.engine.build;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.SupportTable;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Planner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual calls executed has a step, and what it calls refused has none. */
class SupportPageTest {
    private static final String SHA256 = "sha256:" + "0".repeat(64);

    /** Instructions that use a row of the table; of a row that is true in part, one that is executed and one that is not. */
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            entry("ADD file or directory", List.of("ADD a b /d/")),
            entry("ADD archive", List.of("ADD a.tar.gz /d")),
            entry("ADD URL", List.of("ADD http://example.org/a /d")),
            entry(
                    "ADD Git repository",
                    List.of("ADD https://example.org/a.git#v1:docs /d", "ADD git@example.org:a.git /d")),
            entry("ADD here-document", List.of("ADD <<E /d\nx\nE")),
            entry("ADD --chown", List.of("ADD --chown=1:2 a /d")),
            entry("ADD --chmod", List.of("ADD --chmod=0644 a /d", "ADD --chmod=u=rwX a /d")),
            entry("ADD --link", List.of("ADD --link a /d")),
            entry("ADD --keep-git-dir", List.of("ADD --keep-git-dir https://example.org/a.git /d")),
            entry("ADD --checksum", List.of("ADD --checksum=" + SHA256 + " https://example.org/a /d")),
            entry("ADD --unpack", List.of("ADD --unpack=false a.tar /d", "ADD --unpack a.tar /d")),
            entry("ADD --exclude", List.of("ADD --exclude=*.md a /d")),
            entry("ARG", List.of("ARG a b=1")),
            entry("CMD", List.of("CMD [\"a\"]", "CMD a")),
            entry("COPY words, JSON form", List.of("COPY a b /d/", "COPY [\"a\", \"/d\"]")),
            entry("COPY here-document", List.of("COPY <<E /d\nx\nE")),
            entry("COPY --from", List.of("COPY --from=0 a /d", "COPY --from=debian a /d")),
            entry("COPY --chown", List.of("COPY --chown=app a /d")),
            entry("COPY --chmod", List.of("COPY --chmod=0644 a /d", "COPY --chmod=u=rwX a /d")),
            entry("COPY --link", List.of("COPY --link a /d")),
            entry("COPY --parents", List.of("COPY --parents a/./b /d")),
            entry("COPY --exclude", List.of("COPY --exclude=*.md a /d")),
            entry("ENTRYPOINT", List.of("ENTRYPOINT [\"a\"]", "ENTRYPOINT a")),
            entry("ENV", List.of("ENV a=1 b=2", "ENV a 1")),
            entry("EXPOSE", List.of("EXPOSE 80/tcp 8000-8010")),
            entry("FROM", List.of("FROM scratch", "FROM debian:12")),
            entry("FROM --platform", List.of("FROM --platform=linux/amd64 scratch")),
            entry("HEALTHCHECK CMD, NONE", List.of("HEALTHCHECK CMD a", "HEALTHCHECK NONE")),
            entry("HEALTHCHECK --interval", List.of("HEALTHCHECK --interval=1s CMD a")),
            entry("HEALTHCHECK --timeout", List.of("HEALTHCHECK --timeout=1s CMD a")),
            entry("HEALTHCHECK --start-period", List.of("HEALTHCHECK --start-period=1s CMD a")),
            entry("HEALTHCHECK --start-interval", List.of("HEALTHCHECK --start-interval=1s CMD a")),
            entry("HEALTHCHECK --retries", List.of("HEALTHCHECK --retries=1 CMD a")),
            entry("LABEL", List.of("LABEL a=1")),
            entry("MAINTAINER", List.of("MAINTAINER me")),
            entry("ONBUILD", List.of("ONBUILD COPY a /d")),
            entry("RUN words, JSON form", List.of("RUN a", "RUN [\"a\"]")),
            entry("RUN here-document", List.of("RUN <<E\na\nE", "RUN cat <<E\na\nE")),
            entry(
                    "RUN --mount",
                    List.of(
                            "RUN --mount=target=/d a",
                            "RUN --mount=type=cache,target=/d a",
                            "RUN --mount=type=tmpfs,target=/d a",
                            "RUN --mount=type=secret,id=s a",
                            "RUN --mount=type=ssh a")),
            entry("RUN --network", List.of("RUN --network=none a", "RUN --network=host a", "RUN --network=default a")),
            entry("RUN --security", List.of("RUN --security=sandbox a", "RUN --security=insecure a")),
            entry("RUN --device", List.of("RUN --device=vendor.com/class=all a")),
            entry("SHELL", List.of("SHELL [\"a\"]")),
            entry("STOPSIGNAL", List.of("STOPSIGNAL SIGINT")),
            entry("USER", List.of("USER app:staff")),
            entry("VOLUME", List.of("VOLUME /d")),
            entry("WORKDIR", List.of("WORKDIR d")));

    static Stream<SupportTable.Row> rows() throws IOException {
        return SupportTable.read().rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowIsTrue(SupportTable.Row row) {
        assertThat(SAMPLES).as("a sample for the row").containsKey(row.toString());
        List<Boolean> executed = SAMPLES.get(row.toString()).stream()
                .map(SupportPageTest::isExecuted)
                .distinct()
                .toList();
        String truth = executed.size() == 2 ? "partly" : executed.get(0) ? "executed" : "refused";

        assertThat(row.verdict()).isEqualTo(truth);
    }

    private static boolean isExecuted(String sample) {
        SourceText text =
                SourceText.of("Dockerfile", (sample.startsWith("FROM") ? "" : "FROM scratch\n") + sample + "\n");
        Dockerfile dockerfile = DockerfileParser.parse(text);
        try {
            if (sample.startsWith("FROM")) {
                Planner.plan(dockerfile, Map.of(), null, new Platform("linux", "amd64", ""));
            } else {
                Instruction instruction = dockerfile.instructions().get(1);
                instruction.accept(new StepFactory(new WordLexer('\\')));
            }
            return true;
        } catch (DockerfileInvalid refused) {
            assertThat(refused.code()).isEqualTo(FailureCode.INSTRUCTION_NOT_SUPPORTED);
            return false;
        }
    }
}
