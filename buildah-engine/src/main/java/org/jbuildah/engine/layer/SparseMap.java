package org.jbuildah.engine.layer;

import java.io.IOException;
import java.util.Arrays;

/** Where the data of a sparse file lies; all else of it is holes. Pieces come in order and do not overlap. */
final class SparseMap {
    /** More than any file system makes of a file that an image should carry; keeps hostile maps from filling the memory. */
    private static final int MOST_PIECES = 1 << 20;

    private long[] pieces = new long[2];
    private int count;

    void add(long offset, long length, long position) throws IOException {
        long before = count == 0 ? 0 : offset(count - 1) + length(count - 1);
        if (offset < before || length < 0 || offset + length < 0) {
            throw TarHeader.malformed(position, "the sparse map's piece " + offset + "+" + length + " is out of order");
        }
        if (count == MOST_PIECES) {
            throw TarHeader.malformed(position, "the sparse map has more than " + MOST_PIECES + " pieces");
        }
        if (2 * count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * pieces.length);
        }
        pieces[2 * count] = offset;
        pieces[2 * count + 1] = length;
        count++;
    }

    void verify(long realSize, long storedSize, long position) throws IOException {
        long end = count == 0 ? 0 : offset(count - 1) + length(count - 1);
        long stored = 0;
        for (int i = 0; i < count; i++) {
            stored += length(i);
        }
        if (realSize < 0 || end > realSize || stored != storedSize) {
            throw TarHeader.malformed(
                    position,
                    "the sparse map describes " + stored + " bytes up to " + end + ", the entry has " + storedSize
                            + " bytes of a file of " + realSize);
        }
    }

    int count() {
        return count;
    }

    long offset(int piece) {
        return pieces[2 * piece];
    }

    long length(int piece) {
        return pieces[2 * piece + 1];
    }
}
