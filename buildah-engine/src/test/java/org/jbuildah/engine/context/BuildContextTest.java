package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_600_000_000);

    @TempDir
    Path outside;

    private Path directory = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        directory = Files.createDirectory(outside.resolve("context"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void modeAndTimeAreKeptAndTheOwnerIsRoot() throws IOException {
        Path file = write("run.sh", "#!/bin/sh\n");
        Files.setAttribute(file, "unix:mode", 04750);
        Files.setLastModifiedTime(file, FileTime.from(TIME));

        LayerEntry entry = context().lookup(EntryName.of("run.sh")).orElseThrow();

        assertThat(entry).isEqualTo(LayerEntry.file(EntryName.of("run.sh"), 04750, 0, 0, 10, TIME));
    }

    @Test
    void theRootIsADirectory() throws IOException {
        assertThat(context().lookup(EntryName.ROOT).orElseThrow().isDirectory()).isTrue();
    }

    @Test
    void noSymlinkOfTheHostIsFollowed() throws IOException {
        write("dir/a", "a");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("dir"));
        Files.createDirectory(outside.resolve("etc"));
        Files.writeString(outside.resolve("etc/passwd"), "outside");
        Files.createSymbolicLink(directory.resolve("out"), outside.resolve("etc"));
        BuildContext context = context();

        LayerEntry link = context.lookup(EntryName.of("link")).orElseThrow();
        assertThat(link.type()).isEqualTo(EntryType.SYMLINK);
        assertThat(link.linkTarget()).asString().isEqualTo("dir");
        assertThat(context.lookup(EntryName.of("link/a"))).isEmpty();
        assertThat(context.lookup(EntryName.of("out/passwd"))).isEmpty();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> context.open(EntryName.of("out/passwd")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> context.children(EntryName.of("out")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> context.open(EntryName.of("link")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesAndTargetsAreKeptByteByByteInAnyLocale() throws IOException {
        byte[] latin = {'l', 'a', 't', (byte) 0xe9, 'n', '%', '2', '5', ' '};
        Path file = Path.of(URI.create(directory.toUri() + "lat%E9n%2525%20"));
        Files.writeString(file, "x");
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.getFileSystem().getPath(".").resolve(file.getFileName()));
        BuildContext context = context();

        EntryName name = EntryName.of(latin);
        assertThat(context.children(EntryName.ROOT)).containsExactly(name, EntryName.of("link"));
        assertThat(text(context, name)).isEqualTo("x");
        assertThat(context.lookup(name)).isPresent();
        assertThat(context.lookup(EntryName.of("link")).orElseThrow().linkTarget())
                .isEqualTo(concatenated("./".getBytes(StandardCharsets.US_ASCII), latin));
    }

    private static byte[] concatenated(byte[] some, byte[] others) {
        byte[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void hardLinksShareAnIdentity() throws IOException {
        Path file = write("a", "a");
        Files.createLink(directory.resolve("b"), file);
        write("c", "a");
        BuildContext context = context();

        assertThat(context.hardLinkIdentity(EntryName.of("a")))
                .isPresent()
                .isEqualTo(context.hardLinkIdentity(EntryName.of("b")));
        assertThat(context.hardLinkIdentity(EntryName.of("c"))).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void socketsAreLeftOut() throws IOException {
        write("a", "a");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
            BuildContext context = context();

            assertThat(context.children(EntryName.ROOT)).containsExactly(EntryName.of("a"));
            assertThat(context.lookup(EntryName.of("socket"))).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void socketsThatAreLeftOutAreHeardOfUnlessTheyAreExcluded() throws IOException {
        write("a", "a");
        List<String> heard = new ArrayList<>();
        try (ServerSocketChannel one = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel two = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            one.bind(UnixDomainSocketAddress.of(directory.resolve("agent.sock")));
            two.bind(UnixDomainSocketAddress.of(directory.resolve("other.sock")));
            BuildContext context = context("other.sock").heardBy(listener(heard));

            assertThat(context.children(EntryName.ROOT)).containsExactly(EntryName.of("a"));
        }

        assertThat(heard).containsExactly("agent.sock");
    }

    private static ContextListener listener(List<String> heard) {
        return new ContextListener() {
            @Override
            public void windowsScript(EntryName file) {
                heard.add(file.toString());
            }

            @Override
            public void socketsLeftOut(List<EntryName> sockets) {
                sockets.forEach(socket -> heard.add(socket.toString()));
            }
        };
    }

    /** Made of two halves, each of which system calls can name. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPathThatIsTooLongIsToldByItsEnds() throws IOException {
        String half = String.join("/", Collections.nCopies(15, "d".repeat(200)));
        Path deep = Files.createDirectories(directory.resolve(half));
        Files.createDirectories(outside.resolve("second").resolve(half));
        Path second = Files.move(outside.resolve("second"), deep.resolve("second"));
        BuildContext context = context();

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> deepest(context, EntryName.ROOT))
                .satisfies(letter -> {
                    assertThat(letter.code()).isEqualTo(FailureCode.CONTEXT_UNREADABLE);
                    assertThat(letter.what())
                            .contains("ddd...ddd", "less than 4096")
                            .hasSizeLessThan(500);
                    assertThat(letter.remedy()).contains(".dockerignore");
                });

        Files.move(second, outside.resolve("second")); // nobody could delete it there
    }

    private static void deepest(BuildContext context, EntryName from) throws IOException {
        for (EntryName child : context.children(from)) {
            deepest(context, child);
        }
    }

    @Test
    void whatTheIgnoreFileExcludesIsNotThere() throws IOException {
        write("src/A.java", "");
        write("target/classes/A.class", "");
        write("target/app.jar", "jar");
        BuildContext context = context("target/classes", "**/*.java");

        assertThat(listing(context)).containsExactly("src", "target", "target/app.jar");
        assertThat(context.lookup(EntryName.of("target/classes/A.class"))).isEmpty();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> context.open(EntryName.of("src/A.java")));
        assertThat(text(context, EntryName.of("target/app.jar"))).isEqualTo("jar");
    }

    @Test
    void anExcludedDirectoryIsThereForWhatIsTakenBack() throws IOException {
        write("a/b/keep.txt", "");
        write("a/b/drop.txt", "");
        write("a/c/drop.txt", "");
        write("z", "");

        assertThat(listing(context("*", "!**/keep.txt"))).containsExactly("a", "a/b", "a/b/keep.txt");
        assertThat(listing(context("**", "!a/b/keep.txt"))).containsExactly("a", "a/b", "a/b/keep.txt");
        assertThat(listing(context("a", "!a/b"))).containsExactly("a", "a/b", "a/b/drop.txt", "a/b/keep.txt", "z");
        assertThat(listing(context("*"))).isEmpty();
    }

    @Test
    void exclusionsOfOneSourceAreRelativeToIt() throws IOException {
        write("dir/a.txt", "");
        write("dir/b.md", "");
        write("b.md", "");

        assertThat(listing(context().excluding(EntryName.of("dir"), List.of("*.md"))))
                .containsExactly("b.md", "dir", "dir/a.txt");
    }

    @Test
    void aMissingDirectoryIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> BuildContext.open(directory.resolve("no"), IgnoreFile.none()))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.CONTEXT_NOT_FOUND))
                .withMessageContaining("does not exist");
    }

    @Test
    void aFileIsNoContext() throws IOException {
        Path file = write("Dockerfile", "");

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> BuildContext.open(file, IgnoreFile.none()))
                .withMessageContaining("is not a directory");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anUnreadableFileIsToldByName() throws IOException {
        Path file = write("secret.key", "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user reads every file: root");

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> context().open(EntryName.of("secret.key")))
                .withMessageContaining("\"secret.key\"");
    }

    @Test
    void aFileJustWrittenHasNoFingerprint() throws IOException {
        Path file = write("a", "a");
        InstantSource clock = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(10));
        EntryName name = EntryName.of("a");

        assertThat(context().fingerprint(name)).isEmpty();
        BuildContext later = BuildContext.open(directory, IgnoreFile.none(), clock);
        String before = later.fingerprint(name).orElseThrow();
        assertThat(later.fingerprint(name)).contains(before);
        Files.writeString(file, "b");
        assertThat(later.fingerprint(name)).isPresent().isNotEqualTo(Optional.of(before));
    }

    private BuildContext context(String... ignored) {
        return BuildContext.open(directory, IgnoreFile.parse(".dockerignore", String.join("\n", ignored)));
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    static List<String> listing(SourceTree tree) throws IOException {
        List<String> names = new ArrayList<>();
        list(tree, EntryName.ROOT, names);
        return names;
    }

    private static void list(SourceTree tree, EntryName parent, List<String> names) throws IOException {
        for (EntryName child : tree.children(parent)) {
            names.add(child.toString());
            if (tree.lookup(child).orElseThrow().isDirectory()) {
                list(tree, child, names);
            }
        }
    }

    @Test
    void aScriptWithLineEndsOfWindowsIsHeardOf() throws IOException {
        write("bad.sh", "#!/bin/sh\r\necho\r\n");
        write("good.sh", "#!/bin/sh\necho \r\n");
        write("text.txt", "# !\r\n");
        write("short", "#");
        List<String> heard = new ArrayList<>();
        BuildContext context = context().heardBy(listener(heard));

        for (EntryName name : context.children(EntryName.ROOT)) {
            try (InputStream in = context.open(name)) {
                in.readAllBytes();
            }
            try (InputStream in = context.open(name)) {
                assertThat(in.read()).isEqualTo('#');
            }
        }

        assertThat(heard).containsExactly("bad.sh");
    }

    private static String text(SourceTree tree, EntryName name) throws IOException {
        try (InputStream content = tree.open(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
