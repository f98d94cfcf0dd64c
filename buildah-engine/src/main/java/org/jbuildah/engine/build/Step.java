package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;

/**
 * One instruction at work: a function from the state before it to the state after it. A step never changes the state that it was
 * given, knows of no thread, and touches the world only through its {@link StepTools}.
 */
sealed interface Step {
    /** A step that changes the config alone; recomputed each time, never cached. */
    non-sealed interface OfConfig extends Step {
        StageState apply(StageState before);
    }

    /** A step that may make a layer. */
    non-sealed interface OfLayer extends Step {
        /** Reads what it needs and decides what it would do; writes nothing. */
        Resolution resolve(StageState before, StepTools tools) throws IOException, InterruptedException;
    }

    /** What a step of layers turns out to be, once all its inputs are known. */
    sealed interface Resolution {}

    /** Nothing is to be made. */
    record Settled(StageState after) implements Resolution {}

    /** A layer is to be made, or to be found in the cache. */
    non-sealed interface Change extends Resolution {
        /** Names all that the result depends on, and nothing else. */
        StepKey key();

        /** What an earlier build made for it. */
        default Optional<StepRecord> known(StepCache cache) throws IOException {
            return cache.find(key());
        }

        /** Does it: the layer is in the content store when this returns. */
        StepRecord make() throws IOException, InterruptedException;

        /** The line of history. */
        String createdBy();

        /** The state that the layer is laid upon: the one before, with what the step changes in the config. */
        StageState before();
    }
}
