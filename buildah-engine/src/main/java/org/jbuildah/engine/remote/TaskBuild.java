package org.jbuildah.engine.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.build.BuildContexts;
import org.jbuildah.engine.build.BuildPlan;
import org.jbuildah.engine.build.BuildRunner;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.build.MountSettings;
import org.jbuildah.engine.build.NamedContext;
import org.jbuildah.engine.build.RunSettings;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.ContextNames;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.progress.EventSink;

/** Carries a task out in the container: plans it anew, which gives the same plan, and folds its stages over this side's store. */
final class TaskBuild {
    /** The tree that every task has. */
    static final int MAIN_CONTEXT = 0;

    private final HelperTask task;
    private final Channel channel;
    private final ContentStore store;

    TaskBuild(HelperTask task, Channel channel, ContentStore store) {
        this.task = task;
        this.channel = channel;
        this.store = store;
    }

    /** @param agents the sockets behind which the user's ssh agents are, by id */
    List<BuiltImage> run(WorkerDoor worker, Map<String, Path> agents, EventSink events) throws InterruptedException {
        LayerDelivery layers = new LayerDelivery(channel, store);
        return new BuildRunner(
                        plans(agents),
                        store,
                        new AskedImages(channel, layers),
                        worker,
                        new ContentDigest(DigestMemo.none()), // the other side remembers
                        new AskedFetcher(channel, store),
                        events)
                .run();
    }

    private List<BuildPlan> plans(Map<String, Path> agents) {
        Dockerfile dockerfile = DockerfileParser.parse(task.dockerfile());
        BuildContexts contexts = contexts();
        MountSettings mounts = mounts(agents);
        return task.selection().platforms().stream()
                .map(platform -> plan(dockerfile, contexts, mounts, platform))
                .toList();
    }

    private BuildPlan plan(Dockerfile dockerfile, BuildContexts contexts, MountSettings mounts, Platform platform) {
        HelperTask.Selection selection = task.selection();
        PlanRequest request = PlanRequest.of(selection.args(), selection.target(), platform)
                .withContexts(ContextNames.of(task.contexts().keySet()))
                .withFirstBase(selection.firstBase())
                .withEveryStage(selection.everyStage());
        return new BuildPlan(
                dockerfile,
                Planner.plan(dockerfile, request),
                contexts,
                platform,
                selection.platformAsked(),
                selection.platforms().size() > 1,
                task.pull(),
                task.useCache(),
                task.image(),
                new RunSettings(resolvConf(), task.runs(), Clock.systemUTC()),
                mounts,
                task.jobs());
    }

    private BuildContexts contexts() {
        Map<String, NamedContext> named = new HashMap<>();
        task.contexts().forEach((name, context) -> named.put(name, named(context)));
        return new BuildContexts(() -> new AskedTree(channel, MAIN_CONTEXT), named);
    }

    private NamedContext named(HelperTask.Named context) {
        if (context instanceof HelperTask.Named.Files files) {
            return new NamedContext.Files(() -> new AskedTree(channel, files.tree()));
        }
        return context instanceof HelperTask.Named.Image image
                ? new NamedContext.Image(image.name())
                : new NamedContext.Scratch();
    }

    private MountSettings mounts(Map<String, Path> agents) {
        Map<String, SecretSource> secrets = new HashMap<>();
        task.lent().secrets().forEach((id, bytes) -> secrets.put(id, new SecretSource.OfBytes(bytes)));
        List<Volume> volumes = task.lent().volumes().stream()
                .map(volume -> new Volume(Path.of(volume.path()), volume.target(), volume.readOnly()))
                .toList();
        return new MountSettings(secrets, agents, volumes, task.lent().cacheNamespace());
    }

    /** The container's own, which leads to the name servers that can be reached from inside. */
    private static byte[] resolvConf() {
        try {
            return Files.readAllBytes(Path.of("/etc/resolv.conf"));
        } catch (IOException none) {
            return new byte[0];
        }
    }
}
