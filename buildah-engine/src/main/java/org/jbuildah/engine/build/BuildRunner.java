package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.Rootfs;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jbuildah.engine.tree.ImageTree;

/** Runs the stages that the target needs, each after those it stands on, and ends with the target's image. */
public final class BuildRunner {
    private final BuildPlan plan;
    private final ContentStore store;
    private final ImageSource images;
    private final WorkerDoor worker;
    private final EventSink events;
    private final StepCache cache;
    private final WordLexer lexer;
    private final ContentDigest digests;
    private final Fetcher fetcher;
    private final Supplier<SourceTree> context;
    private final Map<Integer, StageState> finished = new HashMap<>();
    private final Map<String, SourceTree> otherImages = new HashMap<>();

    public BuildRunner(
            BuildPlan plan,
            ContentStore store,
            ImageSource images,
            WorkerDoor worker,
            ContentDigest digests,
            Fetcher fetcher,
            EventSink events) {
        this.plan = plan;
        this.store = store;
        this.images = images;
        this.worker = worker;
        this.events = events;
        this.digests = digests;
        this.fetcher = fetcher;
        this.cache = new StepCache(store);
        this.lexer = new WordLexer(plan.dockerfile().escape());
        this.context = new Once<>(plan.context());
    }

    /** Builds the target. All layers of the config are in the store when this returns. */
    public ImageConfig run() throws InterruptedException {
        if (!plan.useCache() && plan.graph().hasRun()) {
            worker.startSoon(); // no RUN will be a hit: the worker's start hides behind the base images' way here
        }
        for (int index : plan.graph().needed()) {
            state(plan.graph().stages().get(index));
        }
        ImageDraft image = state(plan.graph().target()).image();
        if (plan.labels().isEmpty()) {
            return image.toConfig();
        }
        SortedMap<String, String> labels = new TreeMap<>(image.container().labels());
        labels.putAll(plan.labels());
        return image.withContainer(image.container().with().labels(labels).build())
                .toConfig();
    }

    /** What a stage came to; a stage that only a trigger of a base image names is built when it is asked for. */
    private StageState state(Stage stage) throws InterruptedException {
        StageState done = finished.get(stage.index());
        if (done == null) {
            done = build(stage);
            finished.put(stage.index(), done);
        }
        return done;
    }

    private StageState build(Stage stage) throws InterruptedException {
        StageState base = base(stage);
        ContainerConfig container = base.image().container();
        List<Instruction> instructions = new ArrayList<>(
                DockerfileParser.parseTriggers(container.onBuild(), stage.from().source()));
        plan.graph()
                .stagesNamedBy(instructions, stage); // refuses a trigger that copies from the stage that it stands in
        instructions.addAll(stage.instructions());
        StageState first = base.withImage(
                base.image().withContainer(container.with().onBuild(List.of()).build()));
        StageRunner runner =
                new StageRunner(stage.label(), new StepFactory(lexer), cache, plan.useCache(), worker, events);
        return runner.run(first, instructions, number -> new Tools(stage, number));
    }

    private StageState base(Stage stage) throws InterruptedException {
        try {
            if (stage.base() instanceof Stage.Base.EarlierStage earlier) {
                StageState end = state(plan.graph().stages().get(earlier.index()));
                return new StageState(end.image(), end.args(), false);
            }
            ImageDraft image = stage.base() instanceof Stage.Base.Image base
                    ? ImageDraft.of(fetched(base.name(), stage.platform()).config())
                    : ImageDraft.scratch(stage.platform());
            return new StageState(image, Planner.scopeOf(stage, plan.graph()), false);
        } catch (BuildException failure) {
            throw failure.at(stage.from().source());
        }
    }

    private ResolvedImage fetched(String name, Platform platform) throws InterruptedException {
        ResolvedImage image = images.resolve(name, platform, plan.pull());
        images.fetchLayers(image);
        return image;
    }

    private SourceTree source(String from, Stage within) throws InterruptedException {
        if (from.isEmpty()) {
            return context.get();
        }
        Optional<Stage> stage = plan.graph().stageNamed(from, within);
        if (stage.isPresent()) {
            return ImageTree.of(store, state(stage.get()).image().layers());
        }
        SourceTree known = otherImages.get(from);
        if (known == null) {
            known = ImageTree.of(store, fetched(from, plan.platform()).config().diffIds());
            otherImages.put(from, known);
        }
        return known;
    }

    private final class Tools implements StepTools {
        private final Stage stage;
        private final int number;

        Tools(Stage stage, int number) {
            this.stage = stage;
            this.number = number;
        }

        @Override
        public ContentStore store() {
            return store;
        }

        @Override
        public WordLexer lexer() {
            return lexer;
        }

        @Override
        public ContentDigest digests() {
            return digests;
        }

        @Override
        public SourceTree source(String from) throws InterruptedException {
            return BuildRunner.this.source(from, stage);
        }

        @Override
        public Fetcher fetcher() {
            return fetcher;
        }

        @Override
        public Rootfs rootfs() throws IOException, InterruptedException {
            return worker.rootfs();
        }

        @Override
        public String ownerFidelity() {
            return worker.ownerFidelity();
        }

        @Override
        public RunSettings runSettings() {
            return plan.runSettings();
        }

        @Override
        public OutputSink output() {
            return (standardError, bytes) ->
                    events.event(new BuildEvent.ProcessOutput(stage.label(), number, standardError, bytes));
        }
    }

    /** A supplier that asks another one once. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private final List<T> value = new ArrayList<>(1);

        Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public T get() {
            if (value.isEmpty()) {
                value.add(source.get());
            }
            return value.get(0);
        }
    }
}
