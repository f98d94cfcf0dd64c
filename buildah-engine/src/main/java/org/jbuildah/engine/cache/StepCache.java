package org.jbuildah.engine.cache;

import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;

/** Remembers, in the content store, what each step made. A record whose layer is gone is no record. */
public final class StepCache {
    private static final String KIND = "step";

    private final ContentStore store;

    public StepCache(ContentStore store) {
        this.store = store;
    }

    public Optional<StepRecord> find(StepKey key) throws IOException {
        Optional<StepRecord> record = store.record(KIND, key.digest().hex()).flatMap(StepRecord::of);
        if (record.isPresent() && store.index(record.get().layer()).isEmpty()) {
            return Optional.empty();
        }
        return record;
    }

    /** @param record of a layer that the store already has */
    public void remember(StepKey key, StepRecord record) throws IOException {
        store.record(KIND, key.digest().hex(), record.toBytes());
    }
}
