package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flags of COPY do, and here-documents as its sources. */
class CopyFlagsTest {
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

    @Nested
    class Heredocs {
        @Test
        void becomeFilesNamedAfterTheirMarks() throws Exception {
            ImageConfig image =
                    build.build("FROM scratch", "COPY <<one.txt <<two.txt /d/", "1", "one.txt", "2", "two.txt");

            assertThat(build.files(image))
                    .containsEntry("d/one.txt", "FILE 644 0:0 1\n")
                    .containsEntry("d/two.txt", "FILE 644 0:0 2\n");
        }

        @Test
        void areExpandedUnlessQuotedAndKeepTheirQuotes() throws Exception {
            ImageConfig image = build.build(
                    "FROM scratch",
                    "ARG W=world",
                    "COPY <<EOF /a",
                    "\"hello\" $W \\$W ${N:-none}",
                    "EOF",
                    "COPY <<\"EOF\" /b",
                    "$W",
                    "EOF");

            assertThat(build.files(image))
                    .containsEntry("a", "FILE 644 0:0 \"hello\" world $W none\n")
                    .containsEntry("b", "FILE 644 0:0 $W\n");
        }

        @Test
        void comeAfterPathsAndTakeOwnerAndMode() throws Exception {
            ImageConfig image = build.file("a", "from the context")
                    .build("FROM scratch", "COPY --chown=7:8 --chmod=0751 <<a a /d/", "from the Dockerfile", "a");

            assertThat(build.files(image)).containsEntry("d/a", "FILE 751 7:8 from the Dockerfile\n");
            assertThat(image.history().get(0).createdBy())
                    .isEqualTo("COPY --chown=7:8 --chmod=0751 a <<a /d/ # buildkit");
        }
    }

    @Nested
    class Parents {
        @Test
        void areKeptBelowTheDestination() throws Exception {
            ImageConfig image = build.file("a/pom.xml", "1")
                    .file("a/b/pom.xml", "2")
                    .file("a/b/other", "3")
                    .build("FROM scratch", "COPY --parents **/pom.xml /src/");

            assertThat(build.files(image))
                    .containsOnlyKeys("src", "src/a", "src/a/pom.xml", "src/a/b", "src/a/b/pom.xml");
        }

        @Test
        void beginAtThePivot() throws Exception {
            ImageConfig image = build.file("a/b/c.txt", "1").build("FROM scratch", "COPY --parents a/./b/c.txt /x/");

            assertThat(build.files(image)).containsOnlyKeys("x", "x/b", "x/b/c.txt");
        }

        @Test
        void areExcludedAsSeenFromThePivot() throws Exception {
            ImageConfig image = build.file("a/b/c.txt", "1")
                    .file("a/b/d.txt", "2")
                    .build("FROM scratch", "COPY --parents --exclude=b/d.txt a/./b /x/");

            assertThat(build.files(image)).containsOnlyKeys("x", "x/b", "x/b/c.txt");
        }

        @Test
        void ofAMissingFileAreMissing() throws Exception {
            build.file("a/b", "1");

            assertThatThrownBy(() -> build.build("FROM scratch", "COPY --parents --exclude=x a/c /x/"))
                    .isInstanceOf(StepFailed.class);
        }
    }

    @Nested
    class Excludes {
        @Test
        void areRelativeToTheDirectoryThatIsCopied() throws Exception {
            ImageConfig image = build.file("d/a.md", "1")
                    .file("d/sub/a.md", "2")
                    .file("d/b.txt", "3")
                    .build("FROM scratch", "COPY --exclude=*.md d /x/");

            assertThat(build.files(image)).containsOnlyKeys("x", "x/b.txt", "x/sub", "x/sub/a.md");
        }

        @Test
        void canBeTakenBack() throws Exception {
            ImageConfig image = build.file("d/a.txt", "1")
                    .file("d/b.txt", "2")
                    .build("FROM scratch", "COPY --exclude=*.txt --exclude=!a.txt d /x/");

            assertThat(build.files(image)).containsOnlyKeys("x", "x/a.txt");
        }

        @Test
        void leaveAFileThatIsNamedItself() throws Exception {
            ImageConfig image = build.file("a.txt", "1").build("FROM scratch", "COPY --exclude=*.txt a.txt /x/");

            assertThat(build.files(image)).containsKey("x/a.txt");
        }
    }

    @Nested
    class Linked {
        @Test
        void makeTheSameLayerOnAnyImage() throws Exception {
            links("one", "usr/bin");
            links("two", "opt");
            build.file("tool", "t");

            ImageConfig first = build.build("FROM one", "COPY --link tool /bin/");
            ImageConfig second = build.build("FROM two", "COPY --link tool /bin/");

            assertThat(build.cachedSteps()).isEqualTo(1);
            assertThat(second.diffIds().get(1)).isEqualTo(first.diffIds().get(1));
        }

        @Test
        void doNotFollowSymlinksOfTheImage() throws Exception {
            links("base", "usr/bin");

            ImageConfig image = build.file("tool", "t").build("FROM base", "COPY --link tool /bin/");

            assertThat(build.files(image))
                    .containsEntry("bin", "DIRECTORY 755 0:0")
                    .containsEntry("bin/tool", "FILE 644 0:0 t");
        }

        @Test
        void areNoneWhereTheModeIsChanged() throws Exception {
            links("base", "usr/bin");

            ImageConfig image = build.file("tool", "t").build("FROM base", "COPY --link --chmod=755 tool /bin/");

            assertThat(build.files(image)).containsEntry("usr/bin/tool", "FILE 755 0:0 t");
        }

        @Test
        void knowNoNamesOfUsers() throws Exception {
            links("base", "usr/bin");
            build.file("tool", "t");

            assertThatThrownBy(() -> build.build("FROM base", "COPY --link --chown=app tool /bin/"))
                    .isInstanceOfSatisfying(DockerfileInvalid.class, letter -> assertThat(letter.letter())
                            .contains("--chown=app", "--chown=1000:1000"));
            assertThat(build.files(build.build("FROM base", "COPY --link --chown=root:5 tool /x")))
                    .containsEntry("x", "FILE 644 0:5 t");
        }

        private void links(String name, String target) throws IOException {
            build.image(
                    name,
                    ContainerConfig.EMPTY,
                    List.of(
                            LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, TestBuild.FILE_TIME),
                            LayerEntry.symlink(
                                    EntryName.of("bin"),
                                    0,
                                    0,
                                    target.getBytes(StandardCharsets.UTF_8),
                                    TestBuild.FILE_TIME),
                            LayerEntry.directory(EntryName.of("opt"), 0755, 0, 0, TestBuild.FILE_TIME),
                            LayerEntry.directory(EntryName.of("usr"), 0755, 0, 0, TestBuild.FILE_TIME),
                            LayerEntry.directory(EntryName.of("usr/bin"), 0755, 0, 0, TestBuild.FILE_TIME)));
        }
    }
}
