package org.jbuildah.engine.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * What one side sends at once: four bytes of length, one of kind, four of the number of the question that it is, answers or refuses, and
 * a value.
 */
@SuppressWarnings("ArrayRecordComponent") // sent or read, never compared
record Frame(Kind kind, int number, byte[] value) {
    static final int LONGEST = 64 << 20;
    private static final int HEAD = Byte.BYTES + Integer.BYTES;

    enum Kind {
        QUESTION('?'),
        ANSWER('!'),
        /** In place of an answer: a {@link Letter}. */
        REFUSAL('-'),
        EVENT('.');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }

        static Kind of(int sign) throws IOException {
            for (Kind kind : values()) {
                if (kind.sign == sign) {
                    return kind;
                }
            }
            throw new IOException("a frame of kind " + sign);
        }
    }

    static Frame of(Kind kind, int number, Form form, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        form.write(new DataOutputStream(bytes), value);
        return new Frame(kind, number, bytes.toByteArray());
    }

    Object value(Form form) throws IOException {
        return form.read(new DataInputStream(new ByteArrayInputStream(value)));
    }

    /** Not flushed. */
    void write(DataOutputStream out) throws IOException {
        if (value.length > LONGEST - HEAD) {
            throw new IOException("a frame of " + value.length + " bytes");
        }
        out.writeInt(HEAD + value.length);
        out.writeByte(kind.sign);
        out.writeInt(number);
        out.write(value);
    }

    /** @throws EOFException if the other side is gone */
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < HEAD || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        Kind kind = Kind.of(in.readUnsignedByte());
        int number = in.readInt();
        byte[] value = in.readNBytes(length - HEAD);
        if (value.length < length - HEAD) {
            throw new EOFException("the stream ended inside a frame");
        }
        return new Frame(kind, number, value);
    }
}
