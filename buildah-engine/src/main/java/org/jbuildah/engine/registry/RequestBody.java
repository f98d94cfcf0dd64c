package org.jbuildah.engine.registry;

import java.io.ByteArrayInputStream;
import java.util.function.LongConsumer;

/**
 * The body of a request, readable again for a retry.
 *
 * @param length in bytes; exactly so many are sent
 * @param sent hears how many have gone out so far
 */
record RequestBody(BlobSource source, long length, LongConsumer sent) {
    static RequestBody of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static RequestBody of(byte[] bytes, int offset, int length) {
        return new RequestBody(() -> new ByteArrayInputStream(bytes, offset, length), length, total -> {});
    }
}
