package org.jbuildah.engine.layer;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes an index file from records that come sorted.
 *
 * <pre>
 * 0   magic "jbLayerI"       8 bytes      all numbers big-endian
 * 8   version                int
 * 12  flags                  int          1 implicit parents, 2 hard links, 4 hard links into other layers, 8 whiteouts
 * 16  records                int
 * 20  where the implicit directories begin   int: a length and a name each, up to the table
 * 24  where the table begins                 int: of each record, where it begins
 * 28  unused                 int
 * 32  the records, then the implicit directories, then the table
 * </pre>
 */
final class IndexFile implements AutoCloseable {
    static final long MAGIC = 0x6a624c6179657249L;
    static final int VERSION = 1;
    static final int HEADER = 32;
    static final int FLAGS = 12;
    static final int IMPLICIT_PARENTS = 1;
    static final int HARD_LINKS = 2;
    static final int FOREIGN_HARD_LINKS = 4;
    static final int WHITEOUTS = 8;

    private final Path file;
    private final Path scratch;
    private final DataOutputStream records;
    /** Implicit directories, if there are any, wait in a file of their own for the end of the records. */
    private @Nullable Path implicitFile;

    private @Nullable OutputStream implicit;
    private long implicitLength;
    private final IndexRecord.Output implicitName = new IndexRecord.Output();
    private int[] table = new int[1024];
    private int count;
    private int flags;

    private byte[] previous = new byte[0];
    /** Of the directories met so far those that are prefixes of the previous name, by their lengths, shortest first. */
    private int[] directories = new int[16];

    private int depth;

    /** @param scratch a directory for a temporary file, made when it is needed */
    IndexFile(Path file, Path scratch) throws IOException {
        this.file = file;
        this.scratch = scratch;
        this.records = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 17));
        records.write(new byte[HEADER]);
    }

    void add(byte[] bytes, int from, int to, byte[] name) throws IOException {
        if (count == table.length) {
            table = Arrays.copyOf(table, 2 * count);
        }
        if (records.size() + (long) to - from + 4L * count + implicitLength > Integer.MAX_VALUE - HEADER) {
            throw new IOException("The layer has too many entries for an index: its file " + file
                    + " would pass 2 GiB after " + count + " entries.");
        }
        table[count++] = records.size();
        records.write(bytes, from, to - from);
        EntryType type = IndexRecord.type(ByteBuffer.wrap(bytes), from);
        if (type == EntryType.HARD_LINK) {
            flags |= HARD_LINKS;
        }
        if (Whiteout.isMarker(EntryName.ofOwn(name))) {
            flags |= WHITEOUTS;
        }
        findImplicitParents(name);
        if (type == EntryType.DIRECTORY && name.length > 0) {
            push(name.length);
        }
        previous = name;
    }

    /**
     * In the order of bytes a directory does not stand right before what it holds ("a", "a-b", "a/c"), but all names that begin with its
     * name follow it without a gap; so the directories that are prefixes of the name at hand are all that matter.
     */
    private void findImplicitParents(byte[] name) throws IOException {
        int common = Arrays.mismatch(previous, name);
        while (common >= 0 && depth > 0 && directories[depth - 1] > common) {
            depth--;
        }
        int known = 0;
        for (int i = 0; i < name.length; i++) {
            if (name[i] == '/') {
                while (known < depth && directories[known] < i) {
                    known++;
                }
                if (known == depth || directories[known] != i) {
                    flags |= IMPLICIT_PARENTS;
                    implicitName.length = 0;
                    implicitName.block(Arrays.copyOf(name, i));
                    implicit().write(implicitName.bytes, 0, implicitName.length);
                    implicitLength += implicitName.length;
                    push(i);
                }
            }
        }
    }

    private OutputStream implicit() throws IOException {
        if (implicit == null) {
            Files.createDirectories(scratch);
            implicitFile = Files.createTempFile(scratch, "index", ".implicit");
            implicit = new BufferedOutputStream(Files.newOutputStream(implicitFile));
        }
        return implicit;
    }

    private void push(int length) {
        if (depth == directories.length) {
            directories = Arrays.copyOf(directories, 2 * depth);
        }
        directories[depth++] = length;
    }

    void finish() throws IOException {
        int implicitAt = records.size();
        if (implicit != null && implicitFile != null) {
            implicit.close();
            Files.copy(implicitFile, records);
        }
        int tableAt = records.size();
        byte[] offsets = new byte[4 * count];
        ByteBuffer.wrap(offsets).asIntBuffer().put(table, 0, count);
        records.write(offsets);
        records.close();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(flags)
                .putInt(count)
                .putInt(implicitAt)
                .putInt(tableAt);
        patch(0, header.rewind());
        if ((flags & HARD_LINKS) != 0) {
            judgeHardLinks();
        }
    }

    /** A link may point at a name that sorts before or after it, so this waits until all are there. */
    private void judgeHardLinks() throws IOException {
        try (LayerIndex written = LayerIndex.open(file)) {
            if (written.hasUnresolvedHardLink()) {
                patch(
                        FLAGS,
                        ByteBuffer.allocate(4)
                                .putInt(flags | FOREIGN_HARD_LINKS)
                                .rewind());
            }
        }
    }

    private void patch(int position, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(bytes, position);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
        if (implicit != null && implicitFile != null) {
            implicit.close();
            Files.deleteIfExists(implicitFile);
        }
    }
}
