package org.jbuildah.engine.remote;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * What an ssh agent and its client say to each other, one question and one answer at a time: four bytes of length, then the message. What
 * it means is not looked at.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent">SSH agent protocol</a>
 */
final class AgentMessage {
    /** OpenSSH's own limit. */
    private static final int LONGEST = 256 << 10;

    private AgentMessage() {}

    /** With its length before it. @return empty where the other side has hung up */
    static Optional<byte[]> read(SocketChannel socket) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        if (socket.read(length) < 0) {
            return Optional.empty();
        }
        fill(socket, length);
        int size = length.getInt(0);
        if (size < 1 || size > LONGEST) {
            throw new IOException("a message of " + size + " bytes, to or from an ssh agent");
        }
        ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
        fill(socket, message);
        return Optional.of(message.array());
    }

    private static void fill(SocketChannel socket, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                throw new EOFException("hung up in the middle of a message");
            }
        }
    }

    static void write(SocketChannel socket, byte[] message) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
    }
}
