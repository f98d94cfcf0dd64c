package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.Rootfs;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jbuildah.engine.tree.ImageTree;

/** The building of one stage: its base, the triggers that the base left, its instructions, and the world as its steps see it. */
final class StageBuild {
    private final BuildWorld world;
    private final Stage stage;

    StageBuild(BuildWorld world, Stage stage) {
        this.world = world;
        this.stage = stage;
    }

    StageState run() throws InterruptedException {
        StageState base = base();
        if (graph().isReplaced(stage)) {
            return base; // its triggers are for the stages that stand on it
        }
        ContainerConfig container = base.image().container();
        List<Instruction> instructions = new ArrayList<>(
                DockerfileParser.parseTriggers(container.onBuild(), stage.from().source()));
        graph().stagesNamedBy(instructions, stage); // refuses a trigger that copies from the stage that it stands in
        instructions.addAll(stage.instructions());
        StageState first = base.withImage(
                base.image().withContainer(container.with().onBuild(List.of()).build()));
        return world.stageRunner(stage).run(first, instructions, Tools::new);
    }

    private StageGraph graph() {
        return world.plan().graph();
    }

    private StageState base() throws InterruptedException {
        try {
            if (stage.base() instanceof Stage.Base.EarlierStage earlier) {
                StageState end = world.result(graph().stages().get(earlier.index()), stage);
                return new StageState(world.finish().begun(end.image(), true), end.args(), false);
            }
            return new StageState(world.finish().begun(baseImage(), false), Planner.scopeOf(stage, graph()), false);
        } catch (BuildException failure) {
            throw failure.at(stage.from().source());
        } catch (IOException failure) {
            throw new StepFailed(FailureCode.STEP_IO, String.valueOf(failure.getMessage()), "", failure)
                    .at(stage.from().source());
        }
    }

    private ImageDraft baseImage() throws IOException, InterruptedException {
        if (stage.base() instanceof Stage.Base.Context context) {
            return ofContext(context.name());
        }
        if (stage.base() instanceof Stage.Base.Image image) {
            try {
                return draft(image.name());
            } catch (ImageUnavailable letter) {
                throw perhapsOfAStage(image.name(), letter);
            }
        }
        return ImageDraft.scratch(stage.platform());
    }

    private ImageDraft draft(String image) throws IOException, InterruptedException {
        ResolvedImage base = world.image(image, stage.platform());
        return ImageDraft.of(base.config(), base.manifest().annotations());
    }

    private ImageDraft ofContext(String name) throws IOException, InterruptedException {
        NamedContext context = world.context(name);
        if (context instanceof NamedContext.Image image) {
            return draft(image.name());
        }
        ImageDraft nothing = ImageDraft.scratch(stage.platform());
        return context instanceof NamedContext.Files files
                ? new ContextLayer(world, name, world.files(name, files)).over(nothing)
                : nothing;
    }

    private SourceTree source(String from) throws IOException, InterruptedException {
        if (from.isEmpty()) {
            return world.mainContext();
        }
        Optional<Stage> other = graph().stageNamed(from, stage);
        if (other.isPresent()) {
            return ImageTree.of(
                    world.store(), world.result(other.get(), stage).image().layers());
        }
        Optional<String> named = graph().contexts().find(from);
        return named.isPresent() ? ofNamed(named.get()) : ofImage(from);
    }

    private SourceTree ofImage(String name) throws IOException, InterruptedException {
        try {
            return world.filesOfImage(name);
        } catch (ImageUnavailable letter) {
            throw perhapsOfAStage(name, letter);
        }
    }

    /** A word that means neither a stage nor an image that can be had may be a stage, misspelt. */
    private ImageUnavailable perhapsOfAStage(String name, ImageUnavailable letter) {
        return graph().stageNearly(name)
                .filter(meant -> meant.index() != stage.index())
                .map(meant -> new ImageUnavailable(
                        letter.code(),
                        letter.what(),
                        "No stage has the name \"" + name + "\"; did you mean \"" + meant.name() + "\" (line "
                                + meant.from().source().firstLineInFile() + ")?",
                        letter))
                .orElse(letter);
    }

    private SourceTree ofNamed(String name) throws IOException, InterruptedException {
        NamedContext context = world.context(name);
        if (context instanceof NamedContext.Files files) {
            return world.files(name, files);
        }
        return context instanceof NamedContext.Image image
                ? world.filesOfImage(image.name())
                : ImageTree.of(world.store(), List.of());
    }

    /** The tools of one step. */
    private final class Tools implements StepTools {
        private final int number;

        Tools(int number) {
            this.number = number;
        }

        @Override
        public ContentStore store() {
            return world.store();
        }

        @Override
        public WordLexer lexer() {
            return world.lexer();
        }

        @Override
        public ContentDigest digests() {
            return world.digests();
        }

        @Override
        public SourceTree source(String from) throws IOException, InterruptedException {
            return StageBuild.this.source(from);
        }

        @Override
        public Fetcher fetcher() {
            return world.fetcher();
        }

        @Override
        public Rootfs rootfs() throws IOException, InterruptedException {
            return world.worker().rootfs();
        }

        @Override
        public String ownerFidelity() {
            return world.worker().ownerFidelity();
        }

        @Override
        public ImageTimes times() {
            return world.plan().image().times();
        }

        @Override
        public RunSettings runSettings() {
            return world.plan().runSettings();
        }

        @Override
        public MountSettings mountSettings() {
            return world.plan().mountSettings();
        }

        @Override
        public OutputSink output() {
            return (standardError, bytes) -> world.events()
                    .event(new BuildEvent.ProcessOutput(world.label(stage), number, standardError, bytes));
        }
    }
}
