package org.jbuildah.engine.build;

import java.io.IOException;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;

/** A change whose key is known before all that it writes is at hand: a hit in the cache spares the way to it. */
record LateChange(StepKey key, Source source, StageState before, String createdBy) implements Step.Change {
    /** Works the change out. */
    interface Source {
        LayerChange change() throws IOException, InterruptedException;
    }

    @Override
    public StepRecord make() throws IOException, InterruptedException {
        return source.change().make();
    }
}
