package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final String WRITE = "-XX:ArchiveClassesAtExit=";
    private static final String READ = "-XX:SharedArchiveFile=";

    @TempDir
    private Path lib;

    private Path jar;

    @BeforeEach
    void aJar() throws IOException {
        jar = Files.writeString(lib.resolve("engine.jar"), "classes");
    }

    private ClassArchive archive() throws IOException {
        return ClassArchive.in(lib, "17", List.of(jar));
    }

    /** What a JVM does that was told to write. */
    private static void write(ClassArchive archive) throws IOException {
        Files.writeString(Path.of(archive.options().get(0).substring(WRITE.length())), "archive");
    }

    private void useOnceAndWrite() throws IOException {
        archive().keep(true);
        ClassArchive second = archive();
        write(second);
        second.keep(true);
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .toList();
        }
    }

    @Test
    void aStoreThatIsUsedOncePaysNothing() throws IOException {
        ClassArchive first = archive();

        assertThat(first.options()).isEmpty();
        assertThat(first.beingWritten()).isFalse();
    }

    @Test
    void theSecondWorkerWritesAndTheThirdReads() throws IOException {
        archive().keep(true);
        ClassArchive second = archive();

        assertThat(second.options()).singleElement().asString().startsWith(WRITE + lib);
        assertThat(second.beingWritten()).isTrue();
        write(second);
        second.keep(true);

        assertThat(archive().options())
                .containsExactly(READ + lib.resolve(files(".jsa").get(0)));
        assertThat(files(".part")).isEmpty();
    }

    @Test
    void whatAWorkerLeftThatEndedBadlyIsNotKept() throws IOException {
        archive().keep(true);
        ClassArchive second = archive();
        write(second);
        second.keep(false);

        assertThat(files(".part")).isEmpty();
        assertThat(files(".jsa")).isEmpty();
        assertThat(archive().beingWritten()).isTrue();
    }

    @Test
    void aWorkerThatEndedBadlyLeavesNoMark() throws IOException {
        archive().keep(false);

        assertThat(archive().beingWritten()).isFalse();
    }

    @Test
    void anotherJarOrJavaHasAnArchiveOfItsOwn() throws IOException {
        useOnceAndWrite();
        assertThat(ClassArchive.in(lib, "21", List.of(jar)).options()).isEmpty();

        Files.writeString(jar, "more classes");
        assertThat(archive().options()).isEmpty();
    }

    @Test
    void aRuntimeWithoutAnArchiveOfItsOwnCanHaveNone(@TempDir Path home) throws IOException {
        assertThat(ClassArchive.possible(home)).isFalse();

        Files.createDirectories(home.resolve("lib/server"));
        assertThat(ClassArchive.possible(home)).isFalse();

        Files.writeString(home.resolve("lib/server/classes_nocoops.jsa"), "");
        assertThat(ClassArchive.possible(home)).isTrue();
    }
}
