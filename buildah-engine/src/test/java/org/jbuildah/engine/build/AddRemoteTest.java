package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.fetch.FileServer;
import org.jbuildah.engine.fetch.GitServer;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADD of what comes over the network, from servers on the loopback interface. */
class AddRemoteTest {
    @TempDir
    private Path folder;

    private TestBuild build;
    private FileServer web;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        Files.writeString(Files.createDirectories(folder.resolve("web")).resolve("a.txt"), "hello\n");
        web = new FileServer(folder.resolve("web"));
    }

    @AfterEach
    void close() {
        web.close();
        build.close();
    }

    @Nested
    class OfAnAddress {
        @Test
        void isAFileForItsOwnerOnlyWithTheServersTime() throws Exception {
            ImageConfig image = build.build("FROM scratch", "ADD " + web.address("/a.txt") + " /x/");

            assertThat(build.files(image)).containsEntry("x/a.txt", "FILE 600 0:0 hello\n");
            assertThat(time(image, "x/a.txt")).isEqualTo(Instant.parse("2019-05-05T05:05:05Z"));
        }

        @Test
        void keepsTheNameOfTheAddressThatWasWritten() throws Exception {
            ImageConfig image = build.build("FROM scratch", "ADD " + web.address("/moved/named/a.txt") + " /x/");

            assertThat(build.files(image)).containsKey("x/a.txt");
        }

        @Test
        void isAnotherOneWithAnotherTime() throws Exception {
            build.build("FROM scratch", "ADD " + web.address("/a.txt") + " /x/");

            ImageConfig image = build.build("FROM scratch", "ADD " + web.address("/undated/a.txt") + " /x/");

            assertThat(build.cachedSteps()).isZero();
            assertThat(time(image, "x/a.txt")).isEqualTo(Instant.EPOCH);
        }

        @Test
        void isUnpackedOnlyWhenAsked() throws Exception {
            Process tar = new ProcessBuilder("tar", "-czf", "t.tgz", "a.txt")
                    .directory(folder.resolve("web").toFile())
                    .start();
            assumeTrue(tar.waitFor() == 0, "this machine has no tar");

            assertThat(build.files(build.build("FROM scratch", "ADD " + web.address("/t.tgz") + " /x/")))
                    .containsKey("x/t.tgz");
            assertThat(build.files(build.build("FROM scratch", "ADD --unpack=true " + web.address("/t.tgz") + " /x/")))
                    .containsKey("x/a.txt");
        }

        @Test
        void isVerified() throws Exception {
            Digest right = Digest.of("hello\n".getBytes(StandardCharsets.UTF_8));
            String wrong = "sha256:" + "0".repeat(64);

            build.build("FROM scratch", "ADD --checksum=" + right + " " + web.address("/a.txt") + " /x/");
            assertThatThrownBy(() -> build.build(
                            "FROM scratch", "ADD --checksum=" + wrong + " " + web.address("/a.txt") + " /x/"))
                    .isInstanceOfSatisfying(BuildException.class, letter -> assertThat(letter.letter())
                            .contains("[CHECKSUM_MISMATCH]", "Dockerfile:2", right.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COPY http://127.0.0.1:1/a /x, 'COPY takes no source from the network'",
        "COPY git@example.org:a /x, 'written with ./ before it'",
        "ADD --checksum=md5:abc http://127.0.0.1:1/a /x, 'sha256: and the 64 digits'",
        "ADD --checksum=sha256:abc a /x, 'is a path'",
        "ADD --checksum=abc git://127.0.0.1:1/a?checksum=def /x, 'contradicts'",
        "ADD --checksum=xyz git://127.0.0.1:1/a /x, 'not the id of a commit'",
        "ADD --keep-git-dir=false git://127.0.0.1:1/a?keep-git-dir /x, 'contradicts'",
        "ADD https://example.org/a.git?colour=red /x, 'the query \"colour\" is unknown'"
    })
    void whatMakesNoSenseIsRefusedBeforeAnythingIsFetched(String instruction, String said) {
        assertThatThrownBy(() -> build.build("FROM scratch", instruction))
                .isInstanceOfSatisfying(BuildException.class, letter -> assertThat(letter.letter())
                        .contains(said, "Dockerfile:2"));
    }

    @Nested
    class OfARepository {
        private GitServer git;

        @BeforeEach
        void serve() throws Exception {
            assumeTrue(GitServer.isThere(), "this machine has no git");
            git = new GitServer(Files.createDirectories(folder.resolve("git")));
        }

        @AfterEach
        void stop() {
            if (git != null) {
                git.close();
            }
        }

        @Test
        void givesTheFilesOfTheCommit() throws Exception {
            ImageConfig image = build.build("FROM scratch", "ADD --chown=7:8 " + git.address() + "#v1 /src");

            assertThat(build.files(image))
                    .containsOnlyKeys("src", "src/readme.txt", "src/run.sh", "src/docs", "src/docs/guide.txt")
                    .containsEntry("src/run.sh", "FILE 755 7:8 #!/bin/sh\n");
            assertThat(time(image, "src/readme.txt")).isEqualTo(Instant.parse(GitServer.TIME));
        }

        @Test
        void isNotCheckedOutForAHitInTheCache() throws Exception {
            ImageConfig first = build.build("FROM scratch", "ADD " + git.address() + "#main:docs /src/");
            ImageConfig second = build.build("FROM scratch", "ADD " + git.address() + "?tag=v1&subdir=docs /src/");

            assertThat(build.cachedSteps()).isEqualTo(1);
            assertThat(second.diffIds()).isEqualTo(first.diffIds());
        }

        @Test
        void isAddedAnewOnceItHasMoved() throws Exception {
            build.build("FROM scratch", "ADD " + git.address() + " /src");
            git.write("new.txt", "new\n");
            git.commit("three");
            git.publish();

            ImageConfig image = build.build("FROM scratch", "ADD " + git.address() + " /src");

            assertThat(build.files(image)).containsKey("src/new.txt");
        }

        @Test
        void keepsItsGitDirectoryWhereThatIsWanted() throws Exception {
            ImageConfig image =
                    build.build("FROM scratch", "ADD --keep-git-dir --exclude=docs " + git.address() + " /s");

            assertThat(build.files(image))
                    .containsKeys("s/.git/config", "s/.git/HEAD")
                    .doesNotContainKey("s/docs");
        }

        @Test
        void isVerified() throws Exception {
            String right = git.id("main");

            build.build("FROM scratch", "ADD --checksum=" + right + " " + git.address() + "#main /s");
            assertThatThrownBy(() ->
                            build.build("FROM scratch", "ADD --checksum=" + right + " " + git.address() + "#next /s"))
                    .isInstanceOfSatisfying(BuildException.class, letter -> assertThat(letter.letter())
                            .contains("[CHECKSUM_MISMATCH]", "Dockerfile:2"));
        }
    }

    private Instant time(ImageConfig image, String name) throws IOException {
        return ImageTree.of(build.store, image.diffIds())
                .lookup(EntryName.of(name))
                .orElseThrow()
                .mtime();
    }
}
