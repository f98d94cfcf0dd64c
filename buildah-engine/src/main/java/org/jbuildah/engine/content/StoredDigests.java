package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Content digests of source files, in one record: a file for each would cost more than reading small sources again. New ones are
 * written when the store is closed.
 */
final class StoredDigests implements DigestMemo {
    private static final String KIND = "source";
    private static final String KEY = "digests";
    private static final int MOST = 100_000;

    /** More than that in one build would crowd out all others, and fill the memory. */
    private static final int MOST_OF_ONE_BUILD = MOST / 2;

    private final StoreFolders folders;
    private final Records records;
    private final Map<String, String> fresh = new LinkedHashMap<>();
    private @Nullable Map<String, String> known;

    StoredDigests(StoreFolders folders, Records records) {
        this.folders = folders;
        this.records = records;
    }

    @Override
    public synchronized Optional<Digest> recall(String fingerprint) {
        if (known == null) {
            known = read();
        }
        return Optional.ofNullable(known.get(shortened(fingerprint))).map(Digest::parse);
    }

    @Override
    public synchronized void remember(String fingerprint, Digest content) {
        if (known == null) {
            known = read();
        }
        String key = shortened(fingerprint);
        if (fresh.size() >= MOST_OF_ONE_BUILD) {
            return;
        }
        if (!content.toString().equals(known.put(key, content.toString()))) {
            fresh.put(key, content.toString());
        }
    }

    /** Forgetting costs time only, so no failure here is worth a word. */
    synchronized void flush() {
        if (fresh.isEmpty()) {
            return;
        }
        try {
            StoreLock lock = StoreLock.acquire(folders.locks().resolve("source"));
            try (lock) {
                Map<String, String> all = read();
                fresh.forEach((key, digest) -> {
                    all.remove(key); // so that it comes last, and is dropped last
                    all.put(key, digest);
                });
                write(all);
            }
        } catch (IOException | StoreBroken e) {
            known = null; // as after a flush: read again when asked
        }
        fresh.clear();
    }

    private void write(Map<String, String> all) throws IOException {
        Iterator<Map.Entry<String, String>> oldest = all.entrySet().iterator();
        for (int excess = all.size() - MOST; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, digest) -> text.append(key).append(' ').append(digest).append('\n'));
        records.put(KIND, KEY, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, String> read() {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            byte[] text = records.find(KIND, KEY).orElse(new byte[0]);
            new String(text, StandardCharsets.US_ASCII).lines().forEach(line -> {
                int blank = line.indexOf(' ');
                all.put(line.substring(0, blank), line.substring(blank + 1));
            });
        } catch (IOException e) {
            all.clear();
        }
        return all;
    }

    private static String shortened(String fingerprint) {
        return Digest.of(fingerprint.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 40);
    }
}
