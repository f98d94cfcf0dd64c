package org.jbuildah.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralDockerfilesTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int build(String... words) {
        List<String> all =
                new ArrayList<>(List.of("--root", folder.resolve("store").toString(), "build"));
        all.addAll(List.of(words));
        all.add(folder.toString());
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return Cli.run(all.toArray(String[]::new), new Cli.Console(out, new PrintStream(err, true, UTF_8), Map.of()));
    }

    @Test
    void theyAreOneDockerfile() throws IOException {
        file("content", "text");
        Path first = file("One", "FROM scratch AS one\nCOPY content /a\n");
        Path second = file("Two", "FROM scratch\nCOPY --from=one /a /b\n");
        Path files = folder.resolve("files");

        int exit = build("-f", first.toString(), "-f", second.toString(), "-o", files.toString());

        assertThat(exit).as(err.toString(UTF_8)).isZero();
        assertThat(files.resolve("b")).hasContent("text");
        assertThat(files.resolve("a")).doesNotExist();
    }

    @Test
    void aMistakeIsShownInItsFile() throws IOException {
        Path first = file("One", "FROM scratch\n");
        Path second = file("Two", "LABEL a=b\nCOPPY a b\n");

        assertThat(build("-f", first.toString(), "-f", second.toString())).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .contains(second + ":2", "  > 2 | COPPY a b")
                .doesNotContain("FROM scratch");
    }

    @Test
    void standardInputIsReadOnce() {
        assertThat(build("-f", "-", "-f", "-")).isNotZero();

        assertThat(err.toString(UTF_8)).contains("standard input can be read once");
    }
}
