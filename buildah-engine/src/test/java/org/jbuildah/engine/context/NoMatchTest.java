package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoMatchTest {
    @TempDir
    Path directory;

    @Test
    void namesTheLineThatExcludesTheOnlyMatch() throws IOException {
        Files.createDirectory(directory.resolve("target"));
        Files.writeString(directory.resolve("target/shop.jar"), "");
        Files.writeString(directory.resolve("a"), "");
        Files.writeString(directory.resolve(".dockerignore"), "# output\ntarget\n");
        BuildContext context = BuildContext.open(directory, IgnoreFile.find(directory, null));

        NoMatch reason = context.explain("target/*.jar").orElseThrow();

        assertThat(reason.what())
                .isEqualTo("The context holds 2 files; .dockerignore line 2 (\"target\") excludes the only match,"
                        + " target/shop.jar.");
        assertThat(reason.remedy()).isEqualTo("Remove that line, or add \"!target/*.jar\" after it.");
    }

    @Test
    void suggestsTheNameThatIsThere() throws IOException {
        Files.writeString(directory.resolve("application.yml"), "");
        BuildContext context = BuildContext.open(directory, IgnoreFile.none());

        assertThat(context.explain("aplication.yml").orElseThrow().remedy())
                .isEqualTo("Did you mean \"application.yml\"?");
        assertThat(context.explain("other.txt").orElseThrow().what()).isEqualTo("The context holds 1 file.");
        assertThat(context.explain("other.txt").orElseThrow().sibling()).isEmpty();
    }
}
