package org.jbuildah.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTreeTest {
    @TempDir
    Path folder;

    private LayerStack stack;

    @BeforeEach
    void emptyStack() {
        stack = new LayerStack(folder);
    }

    @Test
    void aStackOfNothingHasARootAlone() throws IOException {
        assertThat(listing()).isEmpty();
        LayerEntry root = stack.tree().lookup(EntryName.ROOT).orElseThrow();
        assertThat(root).isEqualTo(LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, Instant.EPOCH));
    }

    @Test
    void theTopmostEntryForTheRootDecidesItsMetadata() throws IOException {
        stack.layer()
                .entry(LayerEntry.directory(EntryName.ROOT, 0700, 1, 1, LayerStack.TIME))
                .done();
        stack.layer()
                .entry(LayerEntry.directory(EntryName.ROOT, 0711, 2, 2, LayerStack.TIME))
                .done();
        stack.layer().file("a", "").done();

        assertThat(stack.tree().lookup(EntryName.ROOT).orElseThrow().mode()).isEqualTo(0711);
    }

    @Test
    void higherLayersReplaceAndDirectoriesMerge() throws IOException {
        stack.layer().directory("etc").file("etc/a", "old").file("etc/b", "b").done();
        stack.layer().directory("etc").file("etc/a", "new").file("etc/c", "c").done();

        assertThat(listing()).containsExactly("etc/", "etc/a=new", "etc/b=b", "etc/c=c");
    }

    @Nested
    class WithWhiteouts {
        @Test
        void aWhiteoutHidesAFileAndATreeBelow() throws IOException {
            stack.layer()
                    .directory("d")
                    .file("d/x", "x")
                    .file("d/y", "y")
                    .file("f", "f")
                    .done();
            stack.layer().file(".wh.f", "").file("d/.wh.x", "").done();
            assertThat(listing()).containsExactly("d/", "d/y=y");

            stack.layer().file(".wh.d", "").done();
            assertThat(listing()).isEmpty();
            assertThat(stack.tree().lookup(EntryName.of("d/y"))).isEmpty();
            assertThat(stack.tree().children(EntryName.of("d"))).isEmpty();
        }

        @Test
        void whatIsMadeAgainInTheSameLayerStays() throws IOException {
            stack.layer().directory("d").file("d/old", "old").done();
            stack.layer().directory("d").file("d/new", "new").file(".wh.d", "").done();

            assertThat(listing()).containsExactly("d/", "d/new=new");
        }

        @Test
        void anOpaqueMarkerHidesAllLowerSiblingsAndNoneOfItsOwn() throws IOException {
            stack.layer()
                    .directory("d")
                    .file("d/old", "old")
                    .directory("d/e")
                    .file("d/e/old", "old")
                    .done();
            stack.layer()
                    .directory("d")
                    .file("d/.wh..wh..opq", "")
                    .file("d/new", "new")
                    .directory("d/e")
                    .done();

            assertThat(listing()).containsExactly("d/", "d/e/", "d/new=new");
        }

        @Test
        void anOpaqueMarkerInADirectoryWithoutEntryKeepsTheMetadataFromBelow() throws IOException {
            stack.layer().directory("d").file("d/old", "old").done();
            stack.layer().file("d/.wh..wh..opq", "").file("d/new", "new").done();

            assertThat(listing()).containsExactly("d/", "d/new=new");
            assertThat(stack.tree().lookup(EntryName.of("d")).orElseThrow().mode())
                    .isEqualTo(0700);
        }

        @Test
        void anOpaqueRootHidesEverythingBelow() throws IOException {
            stack.layer().file("a", "a").done();
            stack.layer().file(".wh..wh..opq", "").file("b", "b").done();

            assertThat(listing()).containsExactly("b=b");
        }

        @Test
        void markersAreNoFiles() throws IOException {
            stack.layer().file("a", "a").done();
            stack.layer().file(".wh.a", "").done();

            assertThat(stack.tree().lookup(EntryName.of(".wh.a"))).isEmpty();
        }
    }

    @Nested
    class WithChangesOfType {
        @Test
        void whatLiesBelowAFormerDirectoryIsHiddenAndDoesNotComeBack() throws IOException {
            stack.layer().directory("d").file("d/old", "old").done();
            stack.layer().file("d", "a file").done();
            assertThat(listing()).containsExactly("d=a file");
            assertThat(stack.tree().lookup(EntryName.of("d/old"))).isEmpty();

            stack.layer().directory("d").file("d/new", "new").done();
            assertThat(listing()).containsExactly("d/", "d/new=new");
            assertThat(stack.tree().lookup(EntryName.of("d/old"))).isEmpty();
        }

        @Test
        void aSymlinkOverADirectoryHidesIt() throws IOException {
            stack.layer().directory("d").file("d/x", "x").directory("e").done();
            stack.layer().symlink("d", "e").done();

            assertThat(listing()).containsExactly("d->e", "e/");
        }
    }

    @Nested
    class WithImplicitParents {
        @Test
        void theyExistWithPlainMetadata() throws IOException {
            stack.layer().file("usr/share/doc", "d").done();

            assertThat(listing()).containsExactly("usr/", "usr/share/", "usr/share/doc=d");
            assertThat(stack.tree().lookup(EntryName.of("usr/share")))
                    .contains(LayerEntry.directory(EntryName.of("usr/share"), 0755, 0, 0, Instant.EPOCH));
        }

        @Test
        void aLowerLayersMetadataWins() throws IOException {
            stack.layer()
                    .entry(LayerEntry.directory(EntryName.of("tmp"), 01777, 0, 0, LayerStack.TIME))
                    .done();
            stack.layer().file("tmp/x", "x").done();

            assertThat(stack.tree().lookup(EntryName.of("tmp")).orElseThrow().mode())
                    .isEqualTo(01777);
        }

        @Test
        void aSymlinkBelowGivesThemTheirPlace() throws IOException {
            stack.layer()
                    .directory("usr")
                    .directory("usr/bin")
                    .file("usr/bin/ls", "ls")
                    .symlink("bin", "usr/bin")
                    .done();
            stack.layer()
                    .file("bin/tool", "tool")
                    .file("bin/.wh.ls", "")
                    .file("bin/plugins/p", "p")
                    .done();

            assertThat(listing())
                    .containsExactly(
                            "bin->usr/bin",
                            "usr/",
                            "usr/bin/",
                            "usr/bin/plugins/",
                            "usr/bin/plugins/p=p",
                            "usr/bin/tool=tool");
            assertThat(stack.tree().lookup(EntryName.of("bin/tool"))).isEmpty();
        }

        @Test
        void aRemovedSymlinkGivesNoPlace() throws IOException {
            stack.layer().directory("usr").symlink("bin", "usr").done();
            stack.layer().file(".wh.bin", "").file("bin/tool", "tool").done();

            assertThat(listing()).containsExactly("bin/", "bin/tool=tool", "usr/");
        }

        @Test
        void aSymlinkOfTheSameLayerGivesThemTheirPlace() throws IOException {
            stack.layer()
                    .directory("usr")
                    .symlink("bin", "usr")
                    .file("bin/tool", "tool")
                    .done();

            assertThat(listing()).containsExactly("bin->usr", "usr/", "usr/tool=tool");
        }

        @Test
        void aFileBelowGivesWay() throws IOException {
            stack.layer().file("a", "file").done();
            stack.layer().file("a/b", "b").done();

            assertThat(listing()).containsExactly("a/", "a/b=b");
        }
    }

    @Nested
    class WithHardLinks {
        @Test
        void aLinkIsTheFileItself() throws IOException {
            stack.layer()
                    .file("a", "content")
                    .hardLink("b", "a")
                    .file("c", "content")
                    .done();

            LayerEntry link = stack.tree().lookup(EntryName.of("b")).orElseThrow();

            assertThat(link).isEqualTo(LayerEntry.file(EntryName.of("b"), 0640, 1, 2, 7, LayerStack.TIME));
            assertThat(listing()).containsExactly("a=content", "b=content", "c=content");
            assertThat(identity("a")).isNotNull().isEqualTo(identity("b"));
            assertThat(identity("c")).isNull();
        }

        @Test
        void aLinkIntoALowerLayerIsFound() throws IOException {
            stack.layer().file("a", "low").done();
            stack.layer().hardLink("b", "a").done();
            stack.layer().file("a", "high").done();

            assertThat(listing()).containsExactly("a=high", "b=low");
            assertThat(identity("a")).isNull();
        }

        @Test
        void aLinkAndItsLowerTargetAreOneFile() throws IOException {
            stack.layer().file("a", "low").done();
            stack.layer().hardLink("b", "a").hardLink("c", "b").done();

            assertThat(identity("b")).isNotNull().isEqualTo(identity("a")).isEqualTo(identity("c"));
        }

        @Test
        void aLinkToItselfFailsByName() throws IOException {
            stack.layer().hardLink("a", "a").done();

            assertThatThrownBy(() -> stack.tree().lookup(EntryName.of("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("\"/a\"")
                    .hasMessageContaining("leads to no file");
        }

        @Test
        void aLinkIntoItselfFailsByName() throws IOException {
            stack.layer().hardLink("a", "a/b").done();

            assertThatThrownBy(() -> stack.tree().lookup(EntryName.of("a"))).hasMessageContaining("leads to no file");
        }
    }

    @Nested
    class Resolving {
        @Test
        void followsSymlinksEverywhereButNeverOutOfTheRoot() throws IOException {
            stack.layer()
                    .symlink("bin", "usr/bin")
                    .symlink("up", "../../../etc")
                    .directory("usr")
                    .directory("usr/bin")
                    .symlink("usr/bin/sh", "/bin/busybox")
                    .done();

            assertThat(resolved("/bin/sh")).isEqualTo("usr/bin/busybox");
            assertThat(resolved("up/passwd")).isEqualTo("etc/passwd");
            assertThat(resolved("/../../x")).isEqualTo("x");
            assertThat(resolved("bin/../y")).isEqualTo("usr/y");
            assertThat(resolved("new/folder/./z")).isEqualTo("new/folder/z");
            assertThat(resolved("new/../z")).isEqualTo("z");
            assertThat(resolved("/")).isEmpty();
            assertThat(resolved("")).isEmpty();
        }

        @Test
        void followsAHardLinkOfASymlink() throws IOException {
            stack.layer().symlink("a", "target").hardLink("b", "a").done();

            assertThat(stack.tree().lookup(EntryName.of("b")).orElseThrow().type())
                    .isEqualTo(EntryType.SYMLINK);
            assertThat(resolved("b/x")).isEqualTo("target/x");
        }

        @Test
        void aLoopEndsAfter255Symlinks() throws IOException {
            stack.layer().symlink("a", "b").symlink("b", "a").done();

            assertThatThrownBy(() -> resolved("a/x"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 255 symlinks")
                    .hasMessageContaining("loop");
        }
    }

    @Test
    void usersAreReadThroughSymlinks() throws IOException {
        stack.layer()
                .directory("etc")
                .symlink("etc/passwd", "../lib/users")
                .directory("lib")
                .file("lib/users", "app:x:1000:1001::/home/app:/bin/sh\n")
                .done();

        assertThat(stack.tree().users().user("app")).contains(new Users.User("app", 1000, 1001, "/home/app"));
        assertThat(stack.tree().users().groups()).isEmpty();
    }

    @Test
    void aDirectoryHasNoContent() throws IOException {
        stack.layer().directory("d").done();

        assertThatThrownBy(() -> stack.tree().open(EntryName.of("d")))
                .hasMessageContaining("\"/d\" in the image is a directory");
        assertThatThrownBy(() -> stack.tree().open(EntryName.of("e"))).hasMessageContaining("\"/e\" does not exist");
    }

    @Test
    void sparseFilesAreReadWithTheirHoles() throws Exception {
        Path file = folder.resolve("sparse");
        byte[] content = new byte[300_000];
        Arrays.fill(content, 200_000, 300_000, (byte) 'x');
        try (FileChannel holes = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            holes.write(ByteBuffer.wrap(content, 200_000, 100_000), 200_000);
        }
        Path tar = folder.resolve("given.tar");
        Process gnuTar;
        try {
            gnuTar = new ProcessBuilder("tar", "--sparse", "-C", folder.toString(), "-cf", tar.toString(), "sparse")
                    .inheritIO()
                    .start();
        } catch (IOException absent) {
            Assumptions.abort("no tar on this machine: " + absent.getMessage());
            return;
        }
        Assumptions.assumeTrue(gnuTar.waitFor() == 0, "this tar makes no sparse archives");
        assertThat(Files.size(tar)).isLessThan(200_000);
        stack.add(tar);

        try (InputStream read = stack.tree().open(EntryName.of("sparse"))) {
            assertThat(read.readAllBytes()).isEqualTo(content);
        }
    }

    private List<String> listing() throws IOException {
        return listing(stack.tree());
    }

    /** Every name with what tells it apart: a slash, a link's target, or the content. */
    static List<String> listing(ImageTree tree) throws IOException {
        List<String> names = new ArrayList<>();
        list(tree, EntryName.ROOT, names);
        return names;
    }

    private static void list(ImageTree tree, EntryName directory, List<String> names) throws IOException {
        for (EntryName child : tree.children(directory)) {
            LayerEntry entry =
                    tree.lookup(child).orElseThrow(() -> new AssertionError(child + " is listed and not found"));
            assertThat(entry.name()).isEqualTo(child);
            if (entry.isDirectory()) {
                names.add(child + "/");
                list(tree, child, names);
            } else if (entry.isSymlink()) {
                names.add(child + "->" + new String(entry.linkTarget(), UTF_8));
            } else {
                try (InputStream content = tree.open(child)) {
                    names.add(child + "=" + new String(content.readAllBytes(), UTF_8));
                }
            }
        }
    }

    private @Nullable Object identity(String name) throws IOException {
        return stack.tree().hardLinkIdentity(EntryName.of(name)).orElse(null);
    }

    private String resolved(String path) throws IOException {
        return stack.tree().resolve(path).toString();
    }
}
