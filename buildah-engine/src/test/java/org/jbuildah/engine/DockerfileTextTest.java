package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
