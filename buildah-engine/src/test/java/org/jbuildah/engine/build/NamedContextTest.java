package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedContextTest {
    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    private NamedContext directory(String name, String... files) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        for (String file : files) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), "of " + name);
        }
        return new NamedContext.Files(() -> BuildContext.open(directory, IgnoreFile.find(directory, null)));
    }

    @Test
    void aDirectoryIsCopiedFrom() throws Exception {
        ImageConfig image = build.namedContext("Other", directory("other", "a", "b/c"))
                .build("FROM scratch", "COPY --from=other b /b/", "COPY --from=OTHER a /");

        assertThat(build.files(image)).containsOnlyKeys("a", "b", "b/c");
    }

    @Test
    void itsOwnIgnoreFileCounts() throws Exception {
        NamedContext other = directory("other", "a", "b");
        Files.writeString(folder.resolve("other/.dockerignore"), "b\n.dockerignore\n");

        ImageConfig image = build.namedContext("other", other).build("FROM scratch", "COPY --from=other . /");

        assertThat(build.files(image)).containsOnlyKeys("a");
    }

    @Test
    void aDirectoryAsBaseIsAnImageOfOneLayer() throws Exception {
        ImageConfig image = build.namedContext("alpine", directory("root", "etc/os"))
                .file("x", "x")
                .build("FROM docker.io/library/alpine:latest", "COPY x /");

        assertThat(build.files(image)).containsKeys("etc/os", "x");
        assertThat(image.diffIds()).hasSize(2);
        assertThat(image.history()).hasSize(2);
    }

    @Test
    void itStandsInThePlaceOfAWholeStage() throws Exception {
        ImageConfig image = build.namedContext("tools", directory("tools", "tool"))
                .build(
                        "FROM no-such-image AS tools",
                        "RUN [\"/never\"]",
                        "FROM tools",
                        "COPY --from=tools /tool /copied",
                        "COPY --from=0 /tool /by-number");

        assertThat(build.files(image)).containsOnlyKeys("tool", "copied", "by-number");
        assertThat(build.rootfs.processes).isEmpty();
    }

    @Test
    void anotherImageStandsInThePlaceOfOne() throws Exception {
        build.image(
                "real",
                ContainerConfig.EMPTY.with().env(List.of("A=real")).build(),
                List.of(LayerEntry.directory(EntryName.of("real"), 0755, 0, 0, TestBuild.FILE_TIME)));

        ImageConfig image = build.namedContext("wanted:1", new NamedContext.Image("real"))
                .build("FROM wanted:1", "COPY --from=wanted:1 /real /copied");

        assertThat(image.container().env()).contains("A=real");
        assertThat(build.files(image)).containsOnlyKeys("real", "copied");
    }

    @Test
    void scratchMayStandInThePlaceOfAnImage() throws Exception {
        ImageConfig image = build.namedContext("base", new NamedContext.Scratch())
                .file("x", "x")
                .build("FROM base", "COPY x /");

        assertThat(build.files(image)).containsOnlyKeys("x");
    }

    @Test
    void aBaseOfFilesIsFoundAgainInTheCache() throws Exception {
        build.namedContext("base", directory("base", "a"));
        ImageConfig first = build.build("FROM base");

        assertThat(build.build("FROM base")).isEqualTo(first);
    }
}
