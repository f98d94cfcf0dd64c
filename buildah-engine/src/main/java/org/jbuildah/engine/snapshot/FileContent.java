package org.jbuildah.engine.snapshot;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jbuildah.engine.linux.Linux;

/** Writes content into new files; long runs of zeros become holes. */
final class FileContent {
    private static final int BUFFER = 256 * 1024;
    /** Smaller files are written as they are: a hole is worth a page at least. */
    private static final int SPARSE_FROM = 64 * 1024;

    private static final int SEEK_CUR = 1;

    private final Linux linux;
    private final byte[] buffer = new byte[BUFFER];

    FileContent(Linux linux) {
        this.linux = linux;
    }

    void write(int fd, InputStream content, long size) throws IOException {
        long left = size;
        boolean endsInHole = false;
        while (left > 0) {
            int length = content.readNBytes(buffer, 0, (int) Math.min(BUFFER, left));
            if (length == 0) {
                throw new EOFException("the content ends " + left + " bytes before its size");
            }
            left -= length;
            endsInHole = length >= SPARSE_FROM && zeros(length);
            if (endsInHole) {
                linux.lseek(fd, length, SEEK_CUR);
            } else {
                linux.write(fd, buffer, 0, length);
            }
        }
        if (endsInHole) {
            linux.ftruncate(fd, size);
        }
    }

    private boolean zeros(int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
