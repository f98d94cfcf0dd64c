package org.jbuildah.engine.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jbuildah.engine.layer.LayerEntries.Filled;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GnuTarAgreesTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path folder;

    @BeforeEach
    void requireGnuTar() {
        GnuTar.require();
    }

    @Provide
    Arbitrary<List<Filled>> layers() {
        return LayerEntries.sorted();
    }

    @Property(tries = 40)
    void itListsTheNamesAndSizesThatWeWrite(@ForAll("layers") List<Filled> layer) throws IOException {
        GnuTar.require();
        Path tar = Files.createTempFile("ours", ".tar");
        try {
            Files.write(tar, LayerEntries.tar(layer));
            String listing = GnuTar.output(List.of(
                    "tar",
                    "--quoting-style=literal",
                    "--null",
                    "--numeric-owner",
                    "--full-time",
                    "-tf",
                    tar.toString()));
            StringBuilder expected = new StringBuilder();
            for (Filled filled : layer) {
                boolean directory = filled.entry().isDirectory();
                expected.append(new String(filled.entry().name().bytes(), ISO_8859_1))
                        .append(directory ? "/\n" : "\n");
            }
            assertThat(listing).isEqualTo(expected.toString());
        } finally {
            Files.delete(tar);
        }
    }

    @Test
    void itShowsTheMetadataThatWeWrite() throws IOException {
        Path tar = folder.resolve("ours.tar");
        String deep = "d".repeat(200) + "/" + "f".repeat(200);
        LayerEntry device = new LayerEntry(
                EntryName.of("null"),
                EntryType.CHARACTER_DEVICE,
                0666,
                0,
                0,
                0,
                TIME,
                new byte[0],
                1,
                3,
                new TreeMap<>());
        Files.write(
                tar,
                LayerEntries.tar(List.of(
                        new Filled(LayerEntry.directory(EntryName.of("bin"), 01755, 0, 0, TIME), new byte[0]),
                        new Filled(
                                LayerEntry.file(EntryName.of("bin/su"), 04755, 4_000_000_000L, 5, 3, TIME),
                                bytes("abc")),
                        new Filled(
                                LayerEntry.symlink(EntryName.of("l"), 0, 0, bytes("x".repeat(150)), TIME), new byte[0]),
                        new Filled(device, new byte[0]),
                        new Filled(
                                LayerEntry.file(EntryName.of(deep), 0600, 0, 0, 0, Instant.ofEpochSecond(-5)),
                                new byte[0]))));

        assertThat(GnuTar.run(folder, "--numeric-owner", "--full-time", "-tvf", tar.toString())
                        .lines()
                        .map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "drwxr-xr-t 0/0 0 2023-11-14 22:13:20 bin/",
                        "-rwsr-xr-x 4000000000/5 3 2023-11-14 22:13:20 bin/su",
                        "lrwxrwxrwx 0/0 0 2023-11-14 22:13:20 l -> " + "x".repeat(150),
                        "crw-rw-rw- 0/0 1,3 2023-11-14 22:13:20 null",
                        "-rw------- 0/0 0 1969-12-31 23:59:55 " + deep);
    }

    @Test
    void itUnpacksWhatWeWrite() throws IOException {
        Path tar = folder.resolve("ours.tar");
        byte[] big = new byte[700_001];
        Arrays.fill(big, (byte) 'b');
        Files.write(
                tar,
                LayerEntries.tar(List.of(
                        new Filled(LayerEntry.directory(EntryName.of("d"), 0755, 0, 0, TIME), new byte[0]),
                        new Filled(LayerEntry.file(EntryName.of("d/big"), 0644, 0, 0, big.length, TIME), big),
                        new Filled(
                                LayerEntry.file(EntryName.of("d/link"), 0644, 0, 0, 0, TIME)
                                        .asHardLinkTo(EntryName.of("d/big")),
                                new byte[0]))));

        GnuTar.run(folder, "--no-same-owner", "-xf", tar.toString());

        assertThat(Files.readAllBytes(folder.resolve("d/link"))).isEqualTo(big);
        assertThat(Files.getLastModifiedTime(folder.resolve("d/big"))).isEqualTo(FileTime.from(TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
    void weReadEveryFormatThatItWrites(String format) throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/file"), "content");
        Files.createLink(tree.resolve("a/b/link"), tree.resolve("a/b/file"));
        Files.createSymbolicLink(tree.resolve("a/soft"), Path.of("b/file"));
        boolean roomy = !format.equals("v7");
        if (roomy) {
            Files.createDirectory(tree.resolve("a/" + "l".repeat(90)));
            Files.writeString(tree.resolve("a/" + "l".repeat(90) + "/" + "n".repeat(90)), "long");
        }
        boolean boundless = roomy && !format.equals("ustar");
        if (boundless) {
            Files.createSymbolicLink(tree.resolve("z"), Path.of("t".repeat(300)));
        }
        Path tar = folder.resolve(format + ".tar");

        GnuTar.run(
                tree,
                "--sort=name",
                "--owner=:12",
                "--group=:34",
                "--mtime=@1700000000.25",
                "--format=" + format,
                "-cf",
                tar.toString(),
                ".");

        Map<String, Filled> read = new TreeMap<>();
        LayerEntries.read(Files.readAllBytes(tar))
                .forEach(filled -> read.put(filled.entry().name().toString(), filled));
        assertThat(at(read, "").entry().type()).isEqualTo(EntryType.DIRECTORY);
        assertThat(at(read, "a/b").entry().type()).isEqualTo(EntryType.DIRECTORY);
        assertThat(at(read, "a/b/file").content()).isEqualTo(bytes("content"));
        assertThat(at(read, "a/b/file").entry().uid()).isEqualTo(12);
        assertThat(at(read, "a/b/file").entry().gid()).isEqualTo(34);
        assertThat(at(read, "a/b/file").entry().mtime().getEpochSecond()).isEqualTo(1_700_000_000);
        assertThat(at(read, "a/b/link").entry().type()).isEqualTo(EntryType.HARD_LINK);
        assertThat(at(read, "a/b/link").entry().linkTarget()).isEqualTo(bytes("a/b/file"));
        assertThat(at(read, "a/soft").entry().linkTarget()).isEqualTo(bytes("b/file"));
        if (roomy) {
            assertThat(at(read, "a/" + "l".repeat(90) + "/" + "n".repeat(90)).content())
                    .isEqualTo(bytes("long"));
        }
        if (boundless) {
            assertThat(at(read, "z").entry().linkTarget()).hasSize(300);
        }
        if (format.equals("posix")) {
            assertThat(at(read, "a/b/file").entry().mtime()).isEqualTo(TIME.plusMillis(250));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=posix --sparse-version=0.0",
                "--format=posix --sparse-version=0.1",
                "--format=posix --sparse-version=1.0"
            })
    void weReadSparseFilesOfEveryForm(String form) throws IOException {
        Path file = folder.resolve("sparse");
        byte[] expected = new byte[8 << 20];
        try (FileChannel holes = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (int at = 64 << 10; at < expected.length; at += 256 << 10) { // more pieces than one header holds
                holes.write(ByteBuffer.wrap(bytes("piece " + at)), at);
                System.arraycopy(bytes("piece " + at), 0, expected, at, bytes("piece " + at).length);
            }
            holes.write(ByteBuffer.wrap(new byte[1]), expected.length - 1);
        }
        Files.writeString(folder.resolve("tail"), "after it");
        Path tar = folder.resolve("sparse.tar");
        String[] arguments = ("--sparse " + form + " -cf " + tar + " sparse tail").split(" ");

        GnuTar.run(folder, arguments);

        assertThat(Files.size(tar)).isLessThan(expected.length / 2);
        List<Filled> read = LayerEntries.read(Files.readAllBytes(tar));
        assertThat(read).hasSize(2);
        assertThat(read.get(0).entry().name()).isEqualTo(EntryName.of("sparse"));
        assertThat(read.get(0).entry().size()).isEqualTo(expected.length);
        assertThat(Arrays.equals(read.get(0).content(), expected)).isTrue();
        assertThat(read.get(1).content()).isEqualTo(bytes("after it"));
        assertThat(offsetOfFirst(tar)).isEqualTo(-1);
    }

    @Test
    void weReadTheExtendedAttributesThatItWrites() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            view.write("plain", ByteBuffer.wrap(new byte[] {0, (byte) 0xff, '\n', '='}));
            view.write("a=b%", ByteBuffer.wrap(bytes("v")));
        } catch (IOException | UnsupportedOperationException none) {
            Assumptions.abort("no user xattrs on this file system: " + none.getMessage());
        }
        Path tar = folder.resolve("x.tar");

        GnuTar.run(folder, "--xattrs", "-cf", tar.toString(), "f");

        Map<String, byte[]> xattrs =
                LayerEntries.read(Files.readAllBytes(tar)).get(0).entry().xattrs();
        assertThat(xattrs.get("user.plain")).isEqualTo(new byte[] {0, (byte) 0xff, '\n', '='});
        assertThat(xattrs.get("user.a=b%")).isEqualTo(bytes("v"));
    }

    @Test
    void aFileOfNineGigabytesIsListedWithItsSize() throws IOException {
        long size = 9L << 30;
        Path tar = folder.resolve("ours.tar");
        Path theirs = folder.resolve("theirs.tar");
        try (FileChannel holes = FileChannel.open(
                folder.resolve("huge"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            holes.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
        byte[] header = new UstarHeaderOf(LayerEntry.file(EntryName.of("huge"), 0644, 0, 0, size, TIME)).bytes();
        Files.write(tar, header);

        assertThat(firstOf(new ByteArrayInputStream(header)).size()).isEqualTo(size);
        GnuTar.run(
                folder, "--sparse", "--format=gnu", "-cf", theirs.toString(), "huge"); // its real size is in base 256
        try (InputStream input = Files.newInputStream(theirs)) {
            assertThat(firstOf(input).size()).isEqualTo(size);
        }
    }

    /** What the writer puts before a file's content. */
    private record UstarHeaderOf(LayerEntry entry) {
        byte[] bytes() throws IOException {
            UstarHeader header = new UstarHeader();
            byte[] records = header.describe(entry);
            byte[] all = Arrays.copyOf(UstarHeader.ofRecords(records.length), 3 * 512);
            System.arraycopy(records, 0, all, 512, records.length);
            System.arraycopy(header.bytes(), 0, all, 1024, 512);
            return all;
        }
    }

    private static Filled at(Map<String, Filled> read, String name) {
        return Objects.requireNonNull(read.get(name), name);
    }

    private static LayerEntry firstOf(InputStream tar) throws IOException {
        LayerEntry entry = new LayerReader(tar).next();
        return Objects.requireNonNull(entry);
    }

    private static long offsetOfFirst(Path tar) throws IOException {
        try (LayerReader reader = new LayerReader(Files.newInputStream(tar))) {
            reader.next();
            return reader.contentOffset();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
