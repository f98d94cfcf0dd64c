package org.jbuildah.engine.remote;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * A build as it travels into the container: all that its result depends on, and no path of this machine.
 *
 * @param dockerfile its text, which both sides parse
 * @param contexts the named ones
 * @param runs with nothing lent: that is in {@code lent}
 */
record HelperTask(
        SourceText dockerfile,
        Selection selection,
        Map<String, Named> contexts,
        PullPolicy pull,
        boolean useCache,
        StorageDriver storageDriver,
        ImageOptions image,
        RunOptions runs,
        LentToHelper lent,
        int jobs) {
    /**
     * Which stages, and for what, as {@link org.jbuildah.engine.plan.PlanRequest} has it.
     *
     * @param platformAsked whether the request names them
     */
    record Selection(
            Map<String, String> args,
            @Nullable String target,
            List<Platform> platforms,
            boolean platformAsked,
            @Nullable String firstBase,
            boolean everyStage) {}

    /** What a named context is. */
    sealed interface Named {
        /** The tree of that number. */
        record Files(int tree) implements Named {}

        record Image(String name) implements Named {}

        record Scratch() implements Named {}
    }

    /**
     * What {@code RUN} may borrow.
     *
     * @param secrets their bytes by id: they are in no file, no environment and no command line of the container
     * @param agents ids of ssh agents, each behind a socket of the container
     * @param volumes where the container has them
     */
    record LentToHelper(
            Map<String, byte[]> secrets, Set<String> agents, List<HelperVolume> volumes, String cacheNamespace) {}

    /** @param target in the image */
    record HelperVolume(String path, String target, boolean readOnly) {}
}
