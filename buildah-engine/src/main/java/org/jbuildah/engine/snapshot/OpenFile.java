package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import org.jbuildah.engine.linux.Linux;

/** Reads an open file to its end and closes it. */
final class OpenFile extends InputStream {
    private final Linux linux;
    private final int fd;
    private boolean closed;

    OpenFile(Linux linux, int fd) {
        this.linux = linux;
        this.fd = fd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = linux.read(fd, buffer, offset, length);
        return count == 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            linux.close(fd);
        }
    }
}
