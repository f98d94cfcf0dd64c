package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClasspathTest {
    @TempDir
    private Path folder;

    @Test
    void directoriesAreJarredOnceAndJarsAreUsedWhereTheyAre() throws IOException {
        WorkerClasspath classpath =
                new WorkerClasspath(new LibDirectory(folder), WorkerClasspathTest.class.getClassLoader());
        WorkerProgram program = new WorkerProgram(
                WorkerClasspathTest.class.getName(), List.of("org.assertj.core.api.Assertions", "no.such.Thing"));

        List<Path> first = classpath.of(program);
        List<Path> second = classpath.of(program);

        assertThat(first).hasSize(2).isEqualTo(second).allMatch(path -> path.toString()
                .endsWith(".jar"));
        assertThat(first.get(0)).hasParent(folder);
        assertThat(first.get(1)).exists();
        assertThat(first.get(1).getParent()).isNotEqualTo(folder);
    }

    @Test
    void theJarHoldsTheSameClasses() throws Exception {
        WorkerClasspath classpath =
                new WorkerClasspath(new LibDirectory(folder), WorkerClasspathTest.class.getClassLoader());
        Path jar = classpath
                .of(new WorkerProgram(WorkerClasspathTest.class.getName(), List.of()))
                .get(0);

        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThatThrownBy(() -> loader.loadClass("no.such.Thing")).isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource("org/jbuildah/engine/worker/WorkerClasspathTest.class"))
                    .isNotNull();
        }
    }

    @Test
    void otherContentHasAnotherName() throws IOException {
        LibDirectory lib = new LibDirectory(folder);
        Path one = lib.put("x", ".jar", new byte[] {1});
        Path two = lib.put("x", ".jar", new byte[] {2});

        assertThat(one).isNotEqualTo(two).hasBinaryContent(new byte[] {1});
        assertThat(lib.put("x", ".jar", new byte[] {1})).isEqualTo(one);
        Files.write(one, new byte[0]);
        assertThat(lib.put("x", ".jar", new byte[] {1})).hasBinaryContent(new byte[] {1});
    }
}
