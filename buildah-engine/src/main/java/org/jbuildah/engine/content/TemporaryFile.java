package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file that is written under {@code tmp/} and appears under its name whole or not at all. Blocks of zeros become holes. Failures of
 * the disk come out as {@link org.jbuildah.engine.api.StoreBroken} where a remedy is known.
 */
final class TemporaryFile extends OutputStream {
    private static final int BLOCK = 64 * 1024;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final Path file;
    private final FileChannel channel;
    private final byte[] pending = new byte[BLOCK];
    private int filled;
    private long size;
    private boolean open = true;

    TemporaryFile(Path file) throws IOException {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw StoreTrouble.writing(file, e);
        }
    }

    /** Bytes written so far. */
    long size() {
        return size;
    }

    @Override
    public void write(int b) throws IOException {
        pending[filled++] = (byte) b;
        size++;
        if (filled == BLOCK) {
            drain();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == 0 && end - at >= BLOCK) { // whole blocks go out without a copy
                block(bytes, at, BLOCK);
                at += BLOCK;
                size += BLOCK;
            } else {
                int count = Math.min(BLOCK - filled, end - at);
                System.arraycopy(bytes, at, pending, filled, count);
                filled += count;
                at += count;
                size += count;
                if (filled == BLOCK) {
                    drain();
                }
            }
        }
    }

    private void drain() throws IOException {
        int count = filled;
        filled = 0;
        block(pending, 0, count);
    }

    private void block(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (length == BLOCK && Arrays.equals(bytes, offset, offset + length, ZEROS, 0, BLOCK)) {
                channel.position(channel.position() + BLOCK);
                return;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw StoreTrouble.writing(file, e);
        }
    }

    /** Makes the content durable and gives it its name; a file that is there already stays, since equal names mean equal bytes. */
    void publishOnce(Path target) throws IOException {
        if (Files.exists(target)) {
            close();
        } else {
            publish(target, true);
        }
    }

    /** Gives the content its name, in place of what had it before. */
    void publish(Path target, boolean durable) throws IOException {
        drain();
        try {
            if (channel.size() < size) { // ends in a hole
                channel.write(ByteBuffer.wrap(ZEROS, 0, 1), size - 1);
            }
            if (durable) {
                channel.force(false);
            }
            channel.close();
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            open = false;
        } catch (IOException e) {
            throw StoreTrouble.writing(target, e);
        }
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
