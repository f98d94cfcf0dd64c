package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSelectionTest {
    @TempDir
    Path outside;

    private Path directory = Path.of("");

    @BeforeEach
    void files() throws IOException {
        Files.writeString(outside.resolve("secret.txt"), "outside");
        directory = Files.createDirectory(outside.resolve("context"));
        for (String name :
                List.of("a.txt", "b.txt", "dir/c.txt", "dir/sub/d.txt", "d1/a.log", "d2/b.log", "d2/c.txt")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        link("l-file", "a.txt");
        link("l-dir", "dir");
        link("l-dangling", "/no/such");
        link("escape", "../secret.txt");
        link("inside", "../a.txt");
        link("loop", "loop");
        link("dir/up", "../b.txt");
    }

    @Nested
    class AWordWithoutAWildcard {
        @Test
        void namesOneFile() throws IOException {
            SourceSelection.Selected selected = select("dir/c.txt").get(0);

            assertThat(selected.name()).hasToString("dir/c.txt");
            assertThat(selected.place()).hasToString("c.txt");
            assertThat(selected.entry().size()).isEqualTo(9);
            assertThat(selected.byWildcard()).isFalse();
        }

        @Test
        void isRelativeToTheRootHoweverItIsWritten() throws IOException {
            for (String word :
                    List.of("/dir/c.txt", "./dir//c.txt", "../dir/c.txt", "/../../dir/./c.txt", "dir/x/../c.txt/")) {
                assertThat(names(word)).as(word).containsExactly("dir/c.txt");
            }
        }

        @Test
        void standsForTheRootItself() throws IOException {
            for (String word : List.of(".", "/", "./", "dir/..")) {
                assertThat(select(word).get(0).name()).as(word).isEqualTo(EntryName.ROOT);
                assertThat(select(word).get(0).entry().isDirectory()).isTrue();
            }
        }

        @Test
        void thatNamesNothingIsRefused() {
            assertThatExceptionOfType(SourceMissing.class)
                    .isThrownBy(() -> select("dir/../../secret.txt"))
                    .satisfies(missing -> assertThat(missing.path()).isEqualTo("/secret.txt"));
        }
    }

    @Nested
    class ASymlink {
        @Test
        void thatIsNamedIsFollowedAndKeepsItsOwnName() throws IOException {
            SourceSelection.Selected selected = select("l-file").get(0);

            assertThat(selected.name()).hasToString("a.txt");
            assertThat(selected.place()).hasToString("l-file");
        }

        @Test
        void onTheWayIsFollowed() throws IOException {
            assertThat(names("l-dir/sub/d.txt")).containsExactly("dir/sub/d.txt");
            assertThat(names("l-dir/up")).containsExactly("b.txt");
            assertThat(names("l-dir/s*")).containsExactly("dir/sub");
        }

        @Test
        void neverLeavesTheRoot() throws IOException {
            assertThatExceptionOfType(SourceMissing.class)
                    .isThrownBy(() -> select("escape"))
                    .satisfies(missing -> assertThat(missing.path()).isEqualTo("/escape"));
            assertThat(names("inside")).containsExactly("a.txt");
        }

        @Test
        void thatIsMatchedIsFollowed() throws IOException {
            assertThat(names("l-f*")).containsExactly("a.txt");
            assertThatExceptionOfType(SourceMissing.class).isThrownBy(() -> select("l-dang*"));
        }

        @Test
        void isNoDirectoryThatAWildcardWalksThrough() throws IOException {
            assertThat(names("l-d*/c.txt")).isEmpty();
        }

        @Test
        void inALoopIsAnErrorAndNoHang() {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> select("loop"));
        }
    }

    @Nested
    class AWildcard {
        @Test
        void matchesInTheOrderOfBytes() throws IOException {
            assertThat(names("*.txt")).containsExactly("a.txt", "b.txt");
            assertThat(names("d*")).containsExactly("d1", "d2", "dir");
        }

        @Test
        void worksInDirectoriesToo() throws IOException {
            assertThat(names("d*/*.log")).containsExactly("d1/a.log", "d2/b.log");
            assertThat(names("d[^1]/[a-c].*")).containsExactly("d2/b.log", "d2/c.txt");
        }

        @Test
        void thatMatchesNothingSelectsNothing() throws IOException {
            assertThat(select("*.zip")).isEmpty();
            assertThat(select("a.txt/*")).isEmpty();
            assertThat(select("[a")).isEmpty();
        }

        @Test
        void belowADirectoryThatIsNotThereIsRefused() {
            assertThatExceptionOfType(SourceMissing.class).isThrownBy(() -> select("nowhere/*.txt"));
        }
    }

    @Nested
    class WithParents {
        @Test
        void aFileComesWithItsDirectories() throws IOException {
            SourceSelection.Selected selected = parents("dir/sub/d.txt").get(0);

            assertThat(selected.place()).hasToString("dir/sub/d.txt");
            assertThat(selected.parents())
                    .extracting(LayerEntry::name)
                    .extracting(EntryName::toString)
                    .containsExactly("dir", "dir/sub");
        }

        @Test
        void thePivotDividesWhatIsKept() throws IOException {
            assertThat(places("./dir/./sub/d.txt")).containsExactly("sub/d.txt");
            assertThat(places("dir/./")).containsExactly("c.txt", "sub", "up");
            assertThat(places("d*/./*.log")).containsExactly("a.log", "b.log");
        }

        @Test
        void twoStarsStandForAnyDirectories() throws IOException {
            assertThat(places("**/*.txt")).containsExactly("a.txt", "b.txt", "d2/c.txt", "dir/c.txt", "dir/sub/d.txt");
        }

        @Test
        void aSymlinkIsSelectedItself() throws IOException {
            assertThat(parents("l-file").get(0).entry().isSymlink()).isTrue();
        }

        @Test
        void aNameThatIsNotThereIsRefused() throws IOException {
            assertThatExceptionOfType(SourceMissing.class).isThrownBy(() -> parents("dir/./nothing"));
            assertThat(parents("dir/./nothing*")).isEmpty();
        }

        private List<SourceSelection.Selected> parents(String word) throws IOException {
            return SourceSelection.of(tree()).selectWithParents(word);
        }

        private List<String> places(String word) throws IOException {
            return parents(word).stream()
                    .map(selected -> selected.place().toString())
                    .toList();
        }
    }

    private SourceTree tree() {
        return BuildContext.open(directory, IgnoreFile.none());
    }

    private List<SourceSelection.Selected> select(String word) throws IOException {
        return SourceSelection.of(tree()).select(word);
    }

    private List<String> names(String word) throws IOException {
        return select(word).stream().map(selected -> selected.name().toString()).toList();
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    }
}
