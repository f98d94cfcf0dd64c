package org.jbuildah.engine.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jbuildah.engine.layer.LayerEntries.Filled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerReaderTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    /** Archives that no tool writes, block by block. */
    private static final class Blocks {
        private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

        Blocks header(char type, String name, String sizeField, String linkName) {
            byte[] block = new byte[512];
            put(block, 0, name);
            put(block, 100, "0000644");
            put(block, 108, "0000000");
            put(block, 116, "0000000");
            put(block, 124, sizeField);
            put(block, 136, "00000000000");
            block[156] = (byte) type;
            put(block, 157, linkName);
            put(block, 257, "ustar\00000");
            return raw(block);
        }

        Blocks header(char type, String name, long size) {
            return header(type, name, String.format("%011o", size), "");
        }

        /** Sums up a block and adds it. */
        Blocks raw(byte[] block) {
            Arrays.fill(block, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte value : block) {
                sum += value & 0xff;
            }
            put(block, 148, String.format("%06o\0", sum));
            tar.writeBytes(block);
            return this;
        }

        Blocks data(String text) {
            byte[] bytes = text.getBytes(ISO_8859_1);
            tar.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
            return this;
        }

        Blocks pax(char type, String... records) {
            StringBuilder all = new StringBuilder();
            for (String record : records) {
                int length = record.length() + 3;
                while (length != record.length() + 2 + String.valueOf(length).length()) {
                    length++;
                }
                all.append(length).append(' ').append(record).append('\n');
            }
            return header(type, "PaxHeaders", all.length()).data(all.toString());
        }

        byte[] end() {
            tar.writeBytes(new byte[1024]);
            return tar.toByteArray();
        }

        private static void put(byte[] block, int at, String text) {
            byte[] bytes = text.getBytes(ISO_8859_1);
            System.arraycopy(bytes, 0, block, at, bytes.length);
        }
    }

    private static LayerEntry only(byte[] tar) throws IOException {
        List<Filled> read = LayerEntries.read(tar);
        assertThat(read).hasSize(1);
        return read.get(0).entry();
    }

    @Nested
    class OfWellFormedArchives {
        @Test
        void aGlobalHeaderHoldsUntilAnEntrySaysOtherwise() throws IOException {
            byte[] tar = new Blocks()
                    .pax('g', "mtime=-1.5", "uid=70000000")
                    .header('0', "a", 0)
                    .pax('x', "mtime=7.123456789987", "uid=")
                    .header('0', "b", 0)
                    .end();

            List<Filled> read = LayerEntries.read(tar);

            assertThat(read.get(0).entry().mtime()).isEqualTo(Instant.ofEpochSecond(-2, 500_000_000));
            assertThat(read.get(0).entry().uid()).isEqualTo(70_000_000);
            assertThat(read.get(1).entry().mtime()).isEqualTo(Instant.ofEpochSecond(7, 123_456_789));
            assertThat(read.get(1).entry().uid()).isZero();
        }

        @Test
        void aContiguousFileIsAFileAndATrailingSlashADirectory() throws IOException {
            byte[] tar = new Blocks()
                    .header('7', "a", 2)
                    .data("hi")
                    .header('\0', "d/", 0)
                    .end();

            List<Filled> read = LayerEntries.read(tar);

            assertThat(read.get(0).content()).isEqualTo("hi".getBytes(UTF_8));
            assertThat(read.get(1).entry().type()).isEqualTo(EntryType.DIRECTORY);
        }

        @Test
        void aSizeOfAHardLinkMeansNothing() throws IOException {
            byte[] tar = new Blocks()
                    .header('1', "l", "00000000777", "a")
                    .header('0', "a", 1)
                    .data("x")
                    .end();

            assertThat(LayerEntries.read(tar)).hasSize(2);
        }

        @Test
        void aVolumeLabelIsNoFile() throws IOException {
            assertThat(only(new Blocks()
                                    .header('V', "label", 0)
                                    .header('0', "a", 0)
                                    .end())
                            .name())
                    .isEqualTo(EntryName.of("a"));
        }

        @Test
        void gnuLongNamesAndLinksAreTaken() throws IOException {
            String name = "n".repeat(300);
            byte[] tar = new Blocks()
                    .header('K', "././@LongLink", 301)
                    .data("t".repeat(300) + "\0")
                    .header('L', "././@LongLink", 301)
                    .data(name + "\0")
                    .header('2', "n".repeat(100), 0)
                    .end();

            assertThat(only(tar).name()).isEqualTo(EntryName.of(name));
            assertThat(only(tar).linkTarget()).hasSize(300);
        }

        @Test
        void libarchiveXattrsAreTaken() throws IOException {
            byte[] tar = new Blocks()
                    .pax('x', "LIBARCHIVE.xattr.user.a%20b=AP8K")
                    .header('0', "a", 0)
                    .end();

            assertThat(only(tar).xattrs().get("user.a b")).isEqualTo(new byte[] {0, -1, 10});
        }

        @Test
        void anArchiveMayLackItsEndMark() throws IOException {
            byte[] tar = new Blocks().header('0', "a", 0).end();

            assertThat(only(Arrays.copyOf(tar, 512)).name()).isEqualTo(EntryName.of("a"));
            assertThat(LayerEntries.read(new byte[0])).isEmpty();
        }

        @Test
        void theStreamIsReadToItsEnd() throws IOException {
            InputStream input = new ByteArrayInputStream(Arrays.copyOf(new Blocks().end(), 1_000_000));
            LayerReader reader = new LayerReader(input);

            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
            assertThat(input.available()).isZero();
        }

        @Test
        void contentOfAnEntryThatWasPassedFails() throws IOException {
            LayerReader reader = new LayerReader(new ByteArrayInputStream(new Blocks()
                    .header('0', "a", 1)
                    .data("x")
                    .header('0', "b", 0)
                    .end()));
            reader.next();
            InputStream content = reader.content();
            reader.next();

            assertThatThrownBy(content::read).hasMessageContaining("\"a\" is read after the reader went on");
        }
    }

    @Nested
    class OfHostileAndBrokenArchives {
        @Test
        void aNameOutOfTheRootIsRefused() {
            refused(
                    new Blocks().header('0', "a/../../etc/passwd", 0).end(),
                    "hostile entry",
                    "a/../../etc/passwd",
                    "byte 0");
            refused(new Blocks().header('1', "a", "0", "../x").end(), "hostile entry", "hard link's target", "../x");
            refused(new Blocks().pax('x', "path=a\0b").header('0', "a", 0).end(), "hostile entry", "NUL");
            refused(new Blocks().pax('x', "linkpath=a\0b").header('2', "a", 0).end(), "hostile entry", "NUL");
        }

        @Test
        void aWrongChecksumIsToldWithItsPlace() {
            byte[] tar = new Blocks()
                    .header('0', "first", 0)
                    .header('0', "second", 0)
                    .end();
            tar[512 + 100]++;
            refused(tar, "byte 512", "checksum", "second");
        }

        @Test
        void everyCutIsNoticedUnlessBetweenEntries() throws IOException {
            byte[] tar = new Blocks()
                    .pax('x', "path=abc")
                    .header('0', "x", 700)
                    .data("y".repeat(700))
                    .end();
            int whole = tar.length - 1024;
            for (int length = 1; length < whole; length += 37) {
                byte[] cut = Arrays.copyOf(tar, length);
                assertThatThrownBy(() -> LayerEntries.read(cut))
                        .as("cut at %s", length)
                        .isInstanceOf(IOException.class);
            }
            assertThat(LayerEntries.read(Arrays.copyOf(tar, whole))).hasSize(1);
        }

        @Test
        void aCutInsideOfContentIsNoticedWhenItIsSkipped() {
            byte[] tar =
                    new Blocks().header('0', "x", 700).data("y".repeat(700)).end();
            LayerReader reader = new LayerReader(new ByteArrayInputStream(Arrays.copyOf(tar, 900)));

            assertThatThrownBy(() -> {
                        reader.next();
                        reader.next();
                    })
                    .hasMessageContaining("cut short");
        }

        @Test
        void dataAfterALoneEmptyBlockIsRefused() {
            byte[] tar = new Blocks().header('0', "a", 0).data(" ".repeat(0)).end();
            byte[] odd = Arrays.copyOf(tar, 512 * 3);
            System.arraycopy(tar, 0, odd, 1024, 512);
            refused(odd, "byte 1024", "lone empty block");
        }

        @Test
        void hugeExtendedHeadersTakeNoMemory() {
            refused(new Blocks().header('x', "p", "77777777777", "").end(), "extended header of 8589934591 bytes");
            refused(new Blocks().header('L', "p", "77777777777", "").end(), "extended header of 8589934591 bytes");
            Blocks many = new Blocks();
            for (int i = 0; i < 6; i++) {
                many.pax('g', "SCHILY.xattr.user." + i + "=" + "x".repeat(9));
                many.header('g', "g", 1 << 20).data("1048576 comment=" + "x".repeat((1 << 20) - 17) + "\n");
            }
            refused(many.end(), "global headers");
        }

        @Test
        void malformedPaxRecordsAreRefused() {
            for (String records : List.of(
                    "4 a=\n",
                    "99 path=a\n",
                    "path=a\n",
                    "8 path a\n",
                    "0 a=b\n",
                    "999999999999999999999 a=b\n",
                    "10 path=ab")) {
                byte[] tar = new Blocks()
                        .header('x', "p", records.length())
                        .data(records)
                        .header('0', "a", 0)
                        .end();
                assertThatThrownBy(() -> LayerEntries.read(tar)).as(records).isInstanceOf(IOException.class);
            }
            refused(new Blocks().pax('x', "size=1e9").header('0', "a", 0).end(), "size \"1e9\"");
            refused(
                    new Blocks()
                            .pax('x', "size=99999999999999999999")
                            .header('0', "a", 0)
                            .end(),
                    "size");
            refused(new Blocks().pax('x', "mtime=1.x").header('0', "a", 0).end(), "mtime");
            refused(
                    new Blocks()
                            .pax('x', "mtime=99999999999999999")
                            .header('0', "a", 0)
                            .end(),
                    "mtime");
            refused(new Blocks().pax('x', "uid=-1").header('0', "a", 0).end(), "uid");
        }

        @Test
        void numbersThatAreNoneAreRefused() {
            refused(new Blocks().header('0', "a", "12x", "").end(), "size \"12x\" is not an octal number", "\"a\"");
            refused(
                    new Blocks()
                            .header('0', "a", "\377\377\377\377\377\377\377\377\377\377\377\377", "")
                            .end(),
                    "size -1");
            refused(
                    new Blocks()
                            .header('0', "a", "\200\377\377\377\377\377\377\377\377\377\377\377", "")
                            .end(),
                    "64 bits");
        }

        @Test
        void unknownTypesAreRefusedByName() {
            refused(new Blocks().header('Q', "strange", 0).end(), "unknown type 'Q'", "strange");
            refused(new Blocks().header('M', "strange", 0).end(), "another volume", "strange");
        }

        @Test
        void anExtendedHeaderWithoutItsEntryIsRefused() {
            refused(new Blocks().pax('x', "path=a").end(), "before its entry");
        }

        @Test
        void sparseMapsThatLieAreRefused() {
            refused(sparse("GNU.sparse.map=0,5,3,5", "GNU.sparse.size=100"), "out of order");
            refused(sparse("GNU.sparse.map=0,5,10,6", "GNU.sparse.size=100"), "sparse map describes 11 bytes");
            refused(sparse("GNU.sparse.map=0,5,96,5", "GNU.sparse.size=100"), "up to 101");
            refused(sparse("GNU.sparse.map=0", "GNU.sparse.size=100"), "ends after an offset");
            refused(sparse("GNU.sparse.numbytes=1", "GNU.sparse.size=100"), "without its offset");
            refused(sparse("GNU.sparse.major=2", "GNU.sparse.minor=0"), "format 2");
            refused(sparse("GNU.sparse.major=1", "GNU.sparse.realsize=100"), "sparse map");
        }

        private byte[] sparse(String... records) {
            return new Blocks()
                    .pax('x', records)
                    .header('0', "s", 10)
                    .data("0123456789")
                    .end();
        }

        private void refused(byte[] tar, String... parts) {
            assertThatThrownBy(() -> LayerEntries.read(tar))
                    .isInstanceOf(IOException.class)
                    .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
        }
    }

    @Test
    void readsAndWritesAtTheSpeedOfMemory(@TempDir Path folder) throws IOException {
        Path tar = folder.resolve("large.tar");
        byte[] content = new byte[200 << 10];
        for (int round = 0; round < 3; round++) {
            long start = LayerIndexTest.processorTime();
            try (OutputStream sink = round == 0 ? Files.newOutputStream(tar) : OutputStream.nullOutputStream();
                    LayerWriter writer = new LayerWriter(sink)) {
                for (int i = 0; i < 320; i++) {
                    LayerEntry file = LayerEntry.file(EntryName.of("srv/" + i), 0644, 0, 0, content.length, TIME);
                    writer.write(file, new ByteArrayInputStream(content));
                }
            }
            long written = LayerIndexTest.processorTime();
            int entries = 0;
            long bytes = 0;
            try (LayerReader reader = new LayerReader(Files.newInputStream(tar))) {
                while (reader.next() != null) {
                    bytes += reader.content().transferTo(OutputStream.nullOutputStream());
                    entries++;
                }
            }
            long read = LayerIndexTest.processorTime();
            assertThat(entries).isEqualTo(320);
            assertThat(bytes).isEqualTo(320L * content.length);
            System.out.printf(
                    "layer tar of %d MiB: written at %.2f GB/s%s, read at %.2f GB/s of processor time%n",
                    bytes >> 20,
                    (double) bytes / (written - start),
                    round == 0 ? " to a file" : "",
                    (double) bytes / (read - written));
        }
    }
}
