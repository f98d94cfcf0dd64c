package org.jbuildah.engine.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** The content of the entry that a reader stands on: stored bytes with holes as zeros. It ends to be readable when the reader goes on. */
final class EntryContent extends InputStream {
    private static final byte[] ZEROS = new byte[64 * 1024];

    private final TarInput tar;
    private final EntryName name;
    private final SparseMap pieces;
    private final long size;
    private long position;
    private int piece;
    private boolean passed;

    private EntryContent(TarInput tar, EntryName name, SparseMap pieces, long size) {
        this.tar = tar;
        this.name = name;
        this.pieces = pieces;
        this.size = size;
    }

    static EntryContent plain(TarInput tar, EntryName name, long size) throws IOException {
        SparseMap whole = new SparseMap();
        whole.add(0, size, tar.position());
        return new EntryContent(tar, name, whole, size);
    }

    static EntryContent sparse(TarInput tar, EntryName name, SparseMap pieces, long size) {
        return new EntryContent(tar, name, pieces, size);
    }

    void pass() {
        passed = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left() == 0) {
            return -1;
        }
        long hole = holeAhead();
        int count;
        if (hole > 0) {
            count = (int) Math.min(length, hole);
            Arrays.fill(target, offset, offset + count, (byte) 0);
        } else {
            count = tar.read(target, offset, (int) Math.min(length, dataAhead()));
            if (count < 0) {
                throw cutShort();
            }
        }
        position += count;
        return count;
    }

    @Override
    public long transferTo(OutputStream sink) throws IOException {
        long from = position;
        while (left() > 0) {
            long hole = holeAhead();
            if (hole > 0) {
                int count = (int) Math.min(ZEROS.length, hole);
                sink.write(ZEROS, 0, count);
                position += count;
            } else {
                long wanted = dataAhead();
                long came = tar.transfer(sink, wanted);
                position += came;
                if (came < wanted) {
                    throw cutShort();
                }
            }
        }
        return position - from;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left(), Integer.MAX_VALUE);
    }

    private long left() throws IOException {
        if (passed) {
            throw new IOException("The content of \"" + name + "\" is read after the reader went on to another entry.");
        }
        return size - position;
    }

    /** How many zeros come before the next stored byte. */
    private long holeAhead() {
        while (piece < pieces.count() && position >= pieces.offset(piece) + pieces.length(piece)) {
            piece++;
        }
        return piece == pieces.count() ? size - position : Math.max(0, pieces.offset(piece) - position);
    }

    private long dataAhead() {
        return pieces.offset(piece) + pieces.length(piece) - position;
    }

    private IOException cutShort() {
        return new IOException("The layer's tar ends at byte " + tar.position() + ", inside of \"" + name + "\" ("
                + position + " of " + size + " bytes).");
    }
}
