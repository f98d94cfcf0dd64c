package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildahFlagsTest {
    private static String said(int code, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Cli.run(words, new Cli.Console(stream, stream, Map.of()))).isEqualTo(code);
        return said.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "--cache-from=reg.example.org/cache, Keep the store between builds",
        "--memory=2g, systemd-run",
        "--stdin, here-document",
        "--mount=type=bind, RUN --mount",
        "--device=/dev/fuse, Try 'jbuildah build --help'"
    })
    void whatIsNotThereIsRefusedByNameWithWhatToDoInstead(String word, String remedy) {
        assertThat(said(2, "build", word, "."))
                .startsWith(word.replaceFirst("=.*", "") + " is a flag of buildah's")
                .contains("[FLAG_NOT_SUPPORTED]", remedy);
    }

    @Test
    void wordsOfScriptsThatHaveNothingToActUponAreTaken(@TempDir Path store) {
        assertThat(said(0, "--root", store.toString(), "--runroot", "/run/x", "--log-level=debug", "images", "-n"))
                .isEmpty();
    }
}
