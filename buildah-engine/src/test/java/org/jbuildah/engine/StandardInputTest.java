package org.jbuildah.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.DockerfileSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.progress.EventSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a Dockerfile, or a whole context, that comes by standard input. */
class StandardInputTest {
    @TempDir
    private Path folder;

    private BuildEngine engine;

    @BeforeEach
    void open() {
        engine = BuildEngine.open(folder.resolve("store"), EventSink.silent());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static BuildInput context(byte[] bytes) {
        return BuildInput.of(new ContextSource.Stream("-", new ByteArrayInputStream(bytes)));
    }

    private BuildException failure(BuildInput input) {
        BuildException[] letter = new BuildException[1];
        assertThatThrownBy(() -> engine.build(BuildRequest.of(input).build()))
                .isInstanceOfSatisfying(BuildException.class, failure -> letter[0] = failure);
        return letter[0];
    }

    @Test
    void aDockerfileWithoutInstructionsIsCalledByItsWay() throws IOException {
        DockerfileSource source =
                new DockerfileSource.Stream("-", new ByteArrayInputStream("# none\n".getBytes(UTF_8)));

        assertThat(failure(BuildInput.of(new ContextSource.Local(Files.createDirectory(folder.resolve("context"))))
                                .withDockerfile(source))
                        .what())
                .isEqualTo("The Dockerfile on standard input holds no instruction.");
        assertThat(failure(context("# none\n".getBytes(UTF_8))).what())
                .isEqualTo("The Dockerfile on standard input holds no instruction.");
    }

    @Test
    void copyOfALoneDockerfileIsToldThatThereIsNoContext() {
        BuildException letter = failure(context("FROM scratch\nCOPY a /\n".getBytes(UTF_8)));

        assertThat(letter.code()).isEqualTo(FailureCode.CONTEXT_NOT_FOUND);
        assertThat(letter.what()).contains("no build context", "\"a\"");
        assertThat(letter.remedy()).contains("-f - DIRECTORY");
        assertThat(letter.where()).isPresent();
    }

    @Test
    void aHostileContextIsCalledAContext() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("../evil"));
            tar.closeArchiveEntry();
        }

        assertThat(failure(context(bytes.toByteArray())).what())
                .startsWith("The build context on standard input cannot be read")
                .contains("hostile entry", "../evil")
                .doesNotContain("layer");
    }
}
