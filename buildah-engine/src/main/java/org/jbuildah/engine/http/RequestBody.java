package org.jbuildah.engine.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * The body of a request, readable again for a retry.
 *
 * @param length in bytes; exactly so many are sent
 * @param sent hears how many have gone out so far
 */
public record RequestBody(Source source, long length, LongConsumer sent) {
    /** Where the bytes come from: each call opens them at the first one. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public static RequestBody of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    public static RequestBody of(byte[] bytes, int offset, int length) {
        return new RequestBody(() -> new ByteArrayInputStream(bytes, offset, length), length, total -> {});
    }
}
