package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jbuildah.engine.layer.EntryName;
import org.jspecify.annotations.Nullable;

/** Values without parts. Numbers big-endian, text as UTF-8 behind its length. */
final class Scalars {
    private static final Form BOOLEAN = form((out, value) -> out.writeBoolean((Boolean) value), DataInput::readBoolean);
    private static final Form INT = form((out, value) -> out.writeInt((Integer) value), DataInput::readInt);
    private static final Form LONG = form((out, value) -> out.writeLong((Long) value), DataInput::readLong);

    private static final Map<Class<?>, Form> FORMS = Map.ofEntries(
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(byte[].class, form((out, value) -> writeBytes(out, (byte[]) value), Scalars::readBytes)),
            Map.entry(String.class, form((out, value) -> writeText(out, (String) value), Scalars::readText)),
            Map.entry(
                    EntryName.class,
                    form(
                            (out, value) -> writeBytes(out, ((EntryName) value).bytes()),
                            in -> EntryName.of(readBytes(in)))),
            Map.entry(
                    URI.class, form((out, value) -> writeText(out, value.toString()), in -> URI.create(readText(in)))),
            Map.entry(
                    Duration.class,
                    form((out, value) -> writeText(out, value.toString()), in -> Duration.parse(readText(in)))),
            Map.entry(
                    Instant.class,
                    form((out, value) -> writeText(out, value.toString()), in -> Instant.parse(readText(in)))));

    private Scalars() {}

    private interface Writing {
        void write(DataOutput out, Object value) throws IOException;
    }

    private interface Reading {
        Object read(DataInput in) throws IOException;
    }

    /** Null for a type that has parts, or is not known. */
    static @Nullable Form of(Class<?> type) {
        return FORMS.get(type);
    }

    private static Form form(Writing writing, Reading reading) {
        return new Form() {
            @Override
            public void write(DataOutput out, Object value) throws IOException {
                writing.write(out, value);
            }

            @Override
            public Object read(DataInput in) throws IOException {
                return reading.read(in);
            }
        };
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[size(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** Of bytes or of a collection; more than a frame holds is a fault. */
    static int size(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > Frame.LONGEST) {
            throw new IOException("a size of " + size);
        }
        return size;
    }
}
