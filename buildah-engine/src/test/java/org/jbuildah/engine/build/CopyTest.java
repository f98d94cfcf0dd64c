package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
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

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void socketsAreLeftOutWithOneWarning() throws Exception {
        Files.writeString(build.context.resolve("file"), "");
        Files.createDirectory(build.context.resolve("run"));
        try (ServerSocketChannel first = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel second = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            first.bind(UnixDomainSocketAddress.of(build.context.resolve("agent.sock")));
            second.bind(UnixDomainSocketAddress.of(build.context.resolve("run/other.sock")));

            ImageConfig image = build.build("FROM scratch", "COPY . /x/", "COPY run /y/");

            assertThat(build.files(image)).doesNotContainKeys("x/agent.sock", "x/run/other.sock");
        }
        assertThat(build.events)
                .filteredOn(BuildEvent.Warned.class::isInstance)
                .singleElement()
                .extracting(event -> ((BuildEvent.Warned) event).text())
                .asString()
                .contains("no socket", "\"agent.sock\"");
    }

    @Test
    void aFileToANameBecomesThatFile() throws Exception {
        ImageConfig image = build.file("a.txt", "a").build("FROM scratch", "COPY a.txt /etc/b.txt");

        assertThat(build.files(image))
                .containsEntry("etc", "DIRECTORY 755 0:0")
                .containsEntry("etc/b.txt", "FILE 644 0:0 a");
    }

    @Test
    void aTrailingSlashMeansADirectory() throws Exception {
        ImageConfig image = build.file("a.txt", "a").build("FROM scratch", "COPY a.txt /etc/");

        assertThat(build.files(image)).containsKey("etc/a.txt");
    }

    @Test
    void aDirectoryGivesItsContent() throws Exception {
        ImageConfig image = build.file("dir/sub/a.txt", "a").build("FROM scratch", "COPY dir /x");

        assertThat(build.files(image)).containsOnlyKeys("x", "x/sub", "x/sub/a.txt");
    }

    @Test
    void relativeDestinationsBeginAtTheWorkingDirectory() throws Exception {
        ImageConfig image = build.file("a.txt", "a").build("FROM scratch", "WORKDIR /srv/app", "COPY a.txt .");

        assertThat(build.files(image)).containsKey("srv/app/a.txt");
    }

    @Test
    void symlinksInTheDestinationAreFollowedInsideTheImage() throws Exception {
        build.image(
                        "links",
                        ContainerConfig.EMPTY,
                        List.of(
                                LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, TestBuild.FILE_TIME),
                                LayerEntry.symlink(
                                        EntryName.of("bin"), 0, 0, bytes("../../usr/bin"), TestBuild.FILE_TIME),
                                LayerEntry.directory(EntryName.of("usr"), 0711, 0, 0, TestBuild.FILE_TIME),
                                LayerEntry.directory(EntryName.of("usr/bin"), 0700, 5, 6, TestBuild.FILE_TIME)))
                .file("tool", "t");

        ImageConfig image = build.build("FROM links", "COPY tool /bin/");

        assertThat(build.files(image))
                .containsEntry("bin", "SYMLINK 777 0:0 -> ../../usr/bin")
                .containsEntry("usr", "DIRECTORY 711 0:0")
                .containsEntry("usr/bin", "DIRECTORY 700 5:6")
                .containsEntry("usr/bin/tool", "FILE 644 0:0 t");
    }

    @Test
    void ownerAndModeCanBeChosen() throws Exception {
        ImageConfig image = build.file("d/a", "a").build("FROM scratch", "COPY --chown=7:8 --chmod=u=rwX,go= d /n/");

        assertThat(build.files(image)).containsEntry("n", "DIRECTORY 700 7:8").containsEntry("n/a", "FILE 600 7:8 a");
    }

    @Test
    void anEarlierStageKeepsItsOwners() throws Exception {
        ImageConfig image = build.file("a", "a")
                .build("FROM scratch AS one", "COPY --chown=7:8 a /a", "FROM scratch", "COPY --from=one /a /b");

        assertThat(build.files(image)).containsOnlyKeys("b").containsEntry("b", "FILE 644 7:8 a");
    }

    @Test
    void hardLinksStayOneFile() throws Exception {
        build.file("d/a", "a");
        Files.createLink(build.context.resolve("d/b"), build.context.resolve("d/a"));

        ImageConfig image = build.build("FROM scratch", "COPY d /d/");

        assertThat(build.files(image)).containsEntry("d/b", "FILE 644 0:0 a");
        assertThat(build.store
                        .index(image.diffIds().get(0))
                        .orElseThrow()
                        .find(EntryName.of("d/b"))
                        .orElseThrow()
                        .entry()
                        .linkTarget())
                .isEqualTo(bytes("d/a"));
    }

    @Test
    void aFileGoesIntoADirectoryThatIsThere() throws Exception {
        ImageConfig image = build.file("a", "a").file("d/x/y", "y").build("FROM scratch", "COPY d /d/", "COPY a /d/x");

        assertThat(build.files(image)).containsEntry("d/x/a", "FILE 644 0:0 a");
    }

    @Test
    void aDirectoryDoesNotReplaceAFile() throws Exception {
        build.file("a", "a").file("d/x/y", "y");

        assertThatThrownBy(() -> build.build("FROM scratch", "COPY a /t/x", "COPY d /t"))
                .isInstanceOfSatisfying(
                        StepFailed.class, letter -> assertThat(letter.letter()).contains("/t/x", "Dockerfile:3"));
    }

    @Test
    void aMissingSourceIsToldWithItsPlace() throws Exception {
        build.file("target/shop.jar", "jar").file(".dockerignore", "# nothing\ntarget\n");

        assertThatThrownBy(() -> build.build("FROM scratch", "COPY target/shop.jar app.jar"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("[COPY_NO_MATCH]", "Dockerfile:2", ".dockerignore line 2", "!target/shop.jar"));
    }

    @Test
    void aRebuildFromTheCacheGivesTheSameImage() throws Exception {
        build.file("a", "a");
        ImageConfig first = build.build("FROM scratch", "COPY a /a", "WORKDIR /w");

        ImageConfig second = build.build("FROM scratch", "COPY a /a", "WORKDIR /w");

        assertThat(build.cachedSteps()).isEqualTo(2);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void theClockIsNotRead() throws Exception {
        ImageConfig image = build.file("a", "a").build("FROM scratch", "COPY a /a");

        assertThat(image.created()).isEqualTo(TestBuild.FILE_TIME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
