package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileTextTest {
    @TempDir
    private Path context;

    @Test
    void aNameInLowerCaseIsTakenWhereThereIsNoOther() throws IOException {
        Path lower = Files.writeString(context.resolve("dockerfile"), "FROM scratch");
        assertThat(Files.isSameFile(DockerfileText.in(context), lower)).isTrue();

        Path usual = Files.writeString(context.resolve("Containerfile"), "FROM scratch");
        assertThat(DockerfileText.in(context)).isEqualTo(usual);
    }

    @Test
    void aMisspeltNameGetsASuggestion() throws IOException {
        Path file = Files.writeString(context.resolve("Dockerfile"), "FROM scratch");

        assertThatThrownBy(() -> DockerfileText.read(context.resolve("Dockerfil")))
                .isInstanceOfSatisfying(RequestInvalid.class, letter -> assertThat(letter.remedy())
                        .isEqualTo("Did you mean \"" + file + "\"?"));
        assertThatThrownBy(() -> DockerfileText.read(context.resolve("build.txt")))
                .isInstanceOfSatisfying(RequestInvalid.class, letter -> assertThat(letter.remedy())
                        .startsWith("Write one there"));
    }

    @Test
    void aDirectoryOfThatNameIsSaidToBeOne() throws IOException {
        Files.createDirectory(context.resolve("Dockerfile"));

        assertThatThrownBy(() -> DockerfileText.in(context)).hasMessageContaining("is a directory and no Dockerfile");
    }
}
