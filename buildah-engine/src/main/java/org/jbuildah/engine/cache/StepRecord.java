package org.jbuildah.engine.cache;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jbuildah.engine.oci.DiffId;

/**
 * What a step made.
 *
 * @param created when it was made first; a cache hit keeps this time, so that a rebuild gives the same image
 */
public record StepRecord(DiffId layer, Instant created) {
    byte[] toBytes() {
        return (layer + "\n" + created + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a record; one that cannot be read is none. */
    static Optional<StepRecord> of(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.US_ASCII).split("\n", -1);
        if (lines.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StepRecord(DiffId.parse(lines[0]), Instant.parse(lines[1])));
        } catch (IllegalArgumentException | DateTimeException broken) {
            return Optional.empty();
        }
    }
}
