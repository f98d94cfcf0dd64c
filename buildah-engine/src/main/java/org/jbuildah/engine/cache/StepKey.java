package org.jbuildah.engine.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jbuildah.engine.oci.Digest;

/**
 * All that a step's result depends on, as one digest. Parts are written with their names and lengths, so that no two lists of parts
 * run into each other.
 */
public record StepKey(Digest digest) {
    /** Grows when records or layers of an earlier version must not be taken for today's. */
    private static final String RECORD_VERSION = "1";

    /** Starts a key for one kind of step. */
    public static Builder of(String kind) {
        return new Builder().with("version", RECORD_VERSION).with("kind", kind);
    }

    /** Collects the parts of a key; their order counts. */
    public static final class Builder {
        private final MessageDigest sha256 = Digest.sha256();

        private Builder() {}

        public Builder with(String name, String value) {
            return part(name, value.getBytes(StandardCharsets.UTF_8));
        }

        /** A list, told apart from the same values given one by one. */
        public Builder with(String name, List<?> values) {
            part(name, ByteBuffer.allocate(4).putInt(values.size()).array());
            for (Object value : values) {
                with(name, value.toString());
            }
            return this;
        }

        private Builder part(String name, byte[] value) {
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(8)
                    .putInt(nameBytes.length)
                    .putInt(value.length)
                    .array());
            sha256.update(nameBytes);
            sha256.update(value);
            return this;
        }

        /** Ends the key; the builder must not be used after. */
        public StepKey key() {
            return new StepKey(Digest.finish(sha256));
        }
    }
}
