package org.jbuildah.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    private static final int TERMINATED = 128 + 15;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Ending ending = new Ending(new PrintStream(err, true, UTF_8));

    @TempDir
    private Path folder;

    @Test
    void itIsToldOnce() {
        assertThat(ending.told()).isFalse();

        ending.cancelled();
        ending.cancelled();

        assertThat(ending.told()).isTrue();
        assertThat(err.toString(UTF_8).strip()).isEqualTo("Cancelled.");
    }

    @Test
    void aRunThatEndsByItselfIsNotCancelled() {
        ending.byItself();
        ending.cancelled();

        assertThat(err.size()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSignalIsAnsweredWithOneLine() throws Exception {
        Path said = folder.resolve("err");
        Process cli = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cli.class.getName(),
                        "--root",
                        folder.resolve("store").toString(),
                        "build",
                        "-f",
                        "-",
                        Files.createDirectory(folder.resolve("context")).toString())
                .redirectError(said.toFile())
                .start();
        try (OutputStream dockerfile = cli.getOutputStream()) {
            dockerfile.write("# read on\n"
                    .repeat(100_000)
                    .getBytes(UTF_8)); // more than a pipe holds: it reads, and waits for the end
            dockerfile.flush();

            cli.toHandle().destroy();

            assertThat(cli.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(Files.readString(said)).isEqualTo("Cancelled.\n");
        assertThat(cli.exitValue()).isEqualTo(TERMINATED);
    }
}
