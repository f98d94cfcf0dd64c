package org.jbuildah.engine.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HelperOptions;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.build.BuildContexts;
import org.jbuildah.engine.build.BuildPlan;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.build.ContextWarnings;
import org.jbuildah.engine.build.NamedContext;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.transport.ImageSource;

/**
 * One build in one container, from a stock image with a Java runtime, by way of {@code docker} or {@code podman}.
 *
 * <p>Laws: nothing of this machine is mounted but the volumes that the user lends to {@code RUN}; files travel on the channel, and only
 * those that a step needs and the cache does not know; credentials stay here, since it is this side that talks to registries; secrets are
 * on the channel and nowhere else. The container ends with the build, with an interrupt, and with this process, however that ends.
 */
public final class HelperContainer {
    private final HelperOptions options;
    private final ContentStore store;
    private final ImageSource images;
    private final Fetcher fetcher;
    private final ContentDigest digests;
    private final EventSink events;

    /** @param images asked with this machine's store and credentials */
    public HelperContainer(
            HelperOptions options,
            ContentStore store,
            ImageSource images,
            Fetcher fetcher,
            ContentDigest digests,
            EventSink events) {
        this.options = options;
        this.store = store;
        this.images = images;
        this.fetcher = fetcher;
        this.digests = digests;
        this.events = events;
    }

    /**
     * Builds the target for each platform. All layers of the configs are in the store of this machine when this returns.
     *
     * @param plans one for each platform, of one Dockerfile
     * @param request what the first of them was made of
     * @param path the search path for programs
     * @throws HostUnsuitable if there is no container to be had
     * @throws BuildException what the build came to there
     */
    public List<BuiltImage> build(List<BuildPlan> plans, PlanRequest request, StorageDriver driver, String path)
            throws InterruptedException {
        refuseKeeping(plans.get(0));
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        String tool =
                ContainerTool.find(path, windows, ContainerTool::executable).orElseThrow(HelperTrouble::noTool);
        ContainerCommand command = ContainerCommand.of(tool);
        events.event(new BuildEvent.HostJudged(List.of("The whole build is in a container of " + options.image()
                + " by " + command.toolName() + ", as mode docker-with-fuse has it, rung 6 of 7.")));
        ServedTrees trees = new ServedTrees(digests);
        HelperTask task = task(plans, request, driver, trees);
        LentAgents agents = new LentAgents(plans.get(0).mountSettings().agents());
        MachineAnswers answers = new MachineAnswers(trees, images, fetcher, agents, new BlobAnswers(store));
        try (HelperProcess process = HelperProcess.start(
                command, options, lendings(plans.get(0).mountSettings().volumes()), answers, this::heard)) {
            return built(process, task);
        } catch (IOException failure) {
            throw new HostUnsuitable(
                    FailureCode.HELPER_FAILED,
                    "The helper container could not be used: " + failure.getMessage() + ".",
                    "Build again.",
                    failure);
        }
    }

    /** What a failed RUN leaves would lie in the container's volume, where nobody can enter it. */
    private static void refuseKeeping(BuildPlan plan) {
        if (plan.runSettings().options().onFailure().keep()) {
            throw new RequestInvalid(
                    FailureCode.FLAG_NOT_SUPPORTED,
                    "A failed RUN is to be kept, and the mode docker-with-fuse cannot do that.",
                    "Leave out --keep-failed, or build in another mode.");
        }
    }

    private List<BuiltImage> built(HelperProcess process, HelperTask task) throws IOException, InterruptedException {
        try {
            Answer.Made made = process.channel().ask(new Question.Build(task));
            List<BuiltImage> images = new ArrayList<>();
            for (Answer.Image image : made.images()) {
                new LayerDelivery(process.channel(), store).bring(image.config().diffIds());
                images.add(new BuiltImage(image.config(), image.annotations()));
            }
            return images;
        } catch (Channel.Gone gone) {
            throw process.died();
        }
    }

    /** Facts about the container's own machine are told as such. */
    private void heard(BuildEvent event) {
        events.event(
                event instanceof BuildEvent.HostJudged judged
                        ? new BuildEvent.HostJudged(judged.reasons().stream()
                                .map(reason -> "In the container: " + reason)
                                .toList())
                        : event);
    }

    private HelperTask task(List<BuildPlan> plans, PlanRequest request, StorageDriver driver, ServedTrees trees) {
        BuildPlan plan = plans.get(0);
        trees.add(() -> mainContext(plan.contexts().main()));
        Map<String, HelperTask.Named> contexts = new HashMap<>();
        plan.contexts().named().forEach((name, context) -> contexts.put(name, named(context, trees)));
        return new HelperTask(
                plan.dockerfile().text(),
                new HelperTask.Selection(
                        request.args(),
                        request.target(),
                        plans.stream().map(BuildPlan::platform).toList(),
                        plan.platformAsked(),
                        request.firstBase(),
                        request.everyStage()),
                contexts,
                plan.pull(),
                plan.useCache(),
                driver,
                plan.image(),
                plan.runSettings().options().withLent(Lent.NOTHING),
                lent(plan),
                plan.jobs());
    }

    private SourceTree mainContext(BuildContexts.Opening main) throws IOException, InterruptedException {
        SourceTree files = main.open();
        return files instanceof BuildContext context ? new ContextWarnings(events).about(context) : files;
    }

    private static HelperTask.Named named(NamedContext context, ServedTrees trees) {
        if (context instanceof NamedContext.Files files) {
            return new HelperTask.Named.Files(trees.add(files.opening()));
        }
        return context instanceof NamedContext.Image image
                ? new HelperTask.Named.Image(image.name())
                : new HelperTask.Named.Scratch();
    }

    private static HelperTask.LentToHelper lent(BuildPlan plan) {
        Map<String, byte[]> secrets = new HashMap<>();
        plan.mountSettings().secrets().forEach((id, secret) -> secrets.put(id, read(id, secret)));
        List<Volume> volumes = plan.mountSettings().volumes();
        List<HelperTask.HelperVolume> there = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            there.add(new HelperTask.HelperVolume(
                    ContainerCommand.volume(i),
                    volumes.get(i).target(),
                    volumes.get(i).readOnly()));
        }
        return new HelperTask.LentToHelper(
                secrets,
                plan.mountSettings().agents().keySet(),
                there,
                plan.mountSettings().cacheNamespace());
    }

    private static byte[] read(String id, SecretSource secret) {
        try {
            return secret.read();
        } catch (IOException failure) {
            throw new StepFailed(
                    FailureCode.SECRET_MISSING,
                    "The secret \"" + id + "\" cannot be read: " + failure.getMessage() + ".",
                    "",
                    failure);
        }
    }

    private static List<ContainerCommand.Lending> lendings(List<Volume> volumes) {
        return volumes.stream()
                .map(volume -> new ContainerCommand.Lending(volume.path().toString(), volume.readOnly()))
                .toList();
    }
}
