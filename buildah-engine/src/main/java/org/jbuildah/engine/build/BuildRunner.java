package org.jbuildah.engine.build;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.transport.ImageSource;

/**
 * Runs the stages that the plans name, side by side as far as none needs what is not there yet, and ends with the target's image for
 * each platform. How many run at a time does not change what comes out.
 */
public final class BuildRunner {
    private final int jobs;
    private final StageSlots slots;
    private final List<BuildWorld> worlds = new ArrayList<>();

    /** @param plans one for each platform, of one Dockerfile; they differ in nothing else */
    public BuildRunner(
            List<BuildPlan> plans,
            ContentStore store,
            ImageSource images,
            WorkerDoor worker,
            ContentDigest digests,
            Fetcher fetcher,
            EventSink events) {
        this.jobs = plans.get(0).jobs();
        this.slots = new StageSlots(jobs);
        CommonWork common = new CommonWork();
        for (BuildPlan plan : plans) {
            worlds.add(new BuildWorld(plan, common, store, images, worker, digests, fetcher, events, slots));
        }
    }

    /** Builds the target for each platform, in the order of the plans. All layers of the configs are in the store when this returns. */
    public List<BuiltImage> run() throws InterruptedException {
        List<StageThreads.Task> tasks = tasks();
        if (jobs != 1 && tasks.size() > 1) {
            new StageThreads(slots).run(tasks);
        } else {
            slots.heldWhile(() -> oneByOne(tasks));
        }
        List<BuiltImage> images = new ArrayList<>();
        for (BuildWorld world : worlds) {
            Stage target = world.plan().graph().target();
            images.add(world.finish()
                    .finished(named(world, world.results().of(target, null).image())));
        }
        return images;
    }

    private static ImageDraft named(BuildWorld world, ImageDraft image) {
        return world.plan().platformAsked() ? image.as(world.plan().platform()) : image;
    }

    private List<StageThreads.Task> tasks() {
        return worlds.stream()
                .flatMap(world -> world.plan().graph().needed().stream()
                        .map(world.plan().graph().stages()::get)
                        .map(stage -> new StageThreads.Task(world, stage)))
                .toList();
    }

    private static void oneByOne(List<StageThreads.Task> tasks) throws InterruptedException {
        for (StageThreads.Task task : tasks) {
            task.world().results().of(task.stage(), null);
        }
    }
}
