package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Digest;

/** What came from which address; kept under a digest of the address, since that may hold a login. */
final class Memory {
    private static final String KIND = "download";

    private final ContentStore store;

    Memory(ContentStore store) {
        this.store = store;
    }

    /** @param entityTag empty where the server gave none */
    record Known(Download download, String entityTag) {}

    /** A file from that address whose bytes are still there. */
    Optional<Known> recall(WebAddress address) throws IOException {
        return store.record(KIND, key(address))
                .flatMap(Memory::read)
                .filter(known -> store.contains(known.download().digest()));
    }

    void remember(WebAddress address, Known known) throws IOException {
        Download download = known.download();
        String text = String.join(
                "\n",
                download.digest().toString(),
                Long.toString(download.size()),
                download.modified().toString(),
                known.entityTag(),
                shown(download.finalUri()),
                download.name());
        store.record(KIND, key(address), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(WebAddress address) {
        return Digest.of(address.written().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** A signed query has no business in the store. */
    private static String shown(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static Optional<Known> read(byte[] bytes) {
        List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", 6));
        try {
            Download download = new Download(
                    Digest.parse(lines.get(0)),
                    Long.parseLong(lines.get(1)),
                    URI.create(lines.get(4)),
                    lines.get(5),
                    Instant.parse(lines.get(2)));
            return Optional.of(new Known(download, lines.get(3)));
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }
}
