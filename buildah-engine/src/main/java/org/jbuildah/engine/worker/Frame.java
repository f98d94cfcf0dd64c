package org.jbuildah.engine.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A message on its way: four bytes of length, four of the request's number, one of its kind, and the components.
 *
 * @param request the number of the request that this starts, answers, or speaks of
 */
record Frame(int request, WorkerMessage message) {
    /** More than any command line that a kernel takes; a longer frame is a fault, not a message. */
    static final int LONGEST = 64 * 1024 * 1024;

    /** The whole frame, to be written in one call. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(0);
        data.writeInt(request);
        data.writeByte(message.kind().number());
        message.write(data);
        byte[] frame = bytes.toByteArray();
        int length = frame.length - Integer.BYTES;
        if (length > LONGEST) {
            throw new IOException(
                    message.kind() + " message of " + length + " bytes; at most " + LONGEST + " can be sent");
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            frame[i] = (byte) (length >>> (24 - 8 * i));
        }
        return frame;
    }

    /**
     * Reads one frame.
     *
     * @throws EOFException if the other side is gone
     */
    static Frame read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = data.readInt();
        if (length < Integer.BYTES + 1 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] frame = data.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("the stream ended inside a frame");
        }
        DataInputStream body = new DataInputStream(new ByteArrayInputStream(frame));
        Frame read = new Frame(body.readInt(), WorkerMessage.Kind.read(body));
        if (body.available() > 0) {
            throw new IOException(read.message().kind() + " message with " + body.available() + " bytes too many");
        }
        return read;
    }
}
