package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jbuildah.engine.tree.ImageTree;

/** What the stages of a build for one platform have in common. They may use it side by side. */
final class BuildWorld {
    private final BuildPlan plan;
    private final ContentStore store;
    private final ImageSource images;
    private final WorkerDoor worker;
    private final ContentDigest digests;
    private final Fetcher fetcher;
    private final EventSink events;
    private final StepCache cache;
    private final Finish finish;
    private final WordLexer lexer;
    private final StageResults results;
    private final CommonWork common;

    /** @param common with the other platforms of the build */
    BuildWorld(
            BuildPlan plan,
            CommonWork common,
            ContentStore store,
            ImageSource images,
            WorkerDoor worker,
            ContentDigest digests,
            Fetcher fetcher,
            EventSink events,
            StageSlots slots) {
        this.plan = plan;
        this.common = common;
        this.store = store;
        this.images = images;
        this.worker = worker;
        this.digests = digests;
        this.fetcher = fetcher;
        this.events = events;
        this.cache = new StepCache(store);
        this.finish = new Finish(plan.image(), store, cache);
        this.lexer = new WordLexer(plan.dockerfile().escape());
        this.results = new StageResults(stage -> new StageBuild(this, stage).run(), slots);
    }

    BuildPlan plan() {
        return plan;
    }

    ContentStore store() {
        return store;
    }

    WorkerDoor worker() {
        return worker;
    }

    ContentDigest digests() {
        return digests;
    }

    Fetcher fetcher() {
        return fetcher;
    }

    EventSink events() {
        return events;
    }

    StepCache cache() {
        return cache;
    }

    Finish finish() {
        return finish;
    }

    WordLexer lexer() {
        return lexer;
    }

    StageResults results() {
        return results;
    }

    /** The stage's name in front of the user. */
    String label(Stage stage) {
        return plan.oneOfSeveral() ? plan.platform() + " " + stage.label() : stage.label();
    }

    StageRunner stageRunner(Stage stage) {
        return new StageRunner(label(stage), new StepFactory(lexer), this);
    }

    /** What a stage comes to, for another one that needs it. */
    StageState result(Stage stage, Stage by) throws InterruptedException {
        return results.of(stage, by);
    }

    /** An image with all its layers in the store. */
    ResolvedImage image(String name, Platform platform) throws IOException, InterruptedException {
        return common.images().get(new CommonWork.Asked(name, platform), () -> {
            ResolvedImage image = images.resolve(name, platform, plan.pull());
            images.fetchLayers(image);
            return image;
        });
    }

    /** The files of an image that is named by {@code --from}. */
    SourceTree filesOfImage(String name) throws IOException, InterruptedException {
        if (name.equals("scratch")) {
            return ImageTree.of(store, List.of());
        }
        CommonWork.Asked asked = new CommonWork.Asked(name, plan.platform());
        return common.trees()
                .get(
                        new CommonWork.Tree.OfImage(asked),
                        () -> ImageTree.of(
                                store, image(name, plan.platform()).config().diffIds()));
    }

    SourceTree mainContext() throws IOException, InterruptedException {
        return common.trees().get(new CommonWork.Tree.MainContext(), () -> {
            SourceTree files = plan.contexts().main().open();
            return files instanceof BuildContext context ? new ContextWarnings(events).about(context) : files;
        });
    }

    /** A named context by the name that the request gave it. */
    NamedContext context(String name) {
        return Objects.requireNonNull(plan.contexts().named().get(name), name);
    }

    SourceTree files(String name, NamedContext.Files context) throws IOException, InterruptedException {
        return common.trees()
                .get(new CommonWork.Tree.Context(name), () -> context.opening().open());
    }

    /** Makes the layer of a step and remembers it, unless a stage of this build has made it already. */
    StepRecord madeOnce(Step.Change change) throws IOException, InterruptedException {
        return common.steps().get(change.key(), () -> {
            StepRecord record = change.make();
            cache.remember(change.key(), record);
            return record;
        });
    }
}
