package org.jbuildah.engine.build;

import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.transport.ImageSource;

/**
 * Runs the stages that the plan names, side by side as far as none needs what is not there yet, and ends with the target's image. How
 * many run at a time does not change what comes out.
 */
public final class BuildRunner {
    private final BuildPlan plan;
    private final StageSlots slots;
    private final BuildWorld world;

    public BuildRunner(
            BuildPlan plan,
            ContentStore store,
            ImageSource images,
            WorkerDoor worker,
            ContentDigest digests,
            Fetcher fetcher,
            EventSink events) {
        this.plan = plan;
        this.slots = new StageSlots(plan.jobs());
        this.world = new BuildWorld(plan, store, images, worker, digests, fetcher, events, slots);
    }

    /** Builds the target. All layers of the config are in the store when this returns. */
    public BuiltImage run() throws InterruptedException {
        List<Stage> stages =
                plan.graph().needed().stream().map(plan.graph().stages()::get).toList();
        if (plan.jobs() != 1 && stages.size() > 1) {
            new StageThreads(world.results(), slots).run(stages);
        } else {
            slots.heldWhile(() -> oneByOne(stages));
        }
        return world.finish()
                .finished(world.results().of(plan.graph().target(), null).image());
    }

    private void oneByOne(List<Stage> stages) throws InterruptedException {
        for (Stage stage : stages) {
            world.results().of(stage, null);
        }
    }
}
