package org.jbuildah.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.fetch.Logins;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.ContextNames;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.rootfs.Rootfs;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jbuildah.engine.tree.ImageTree;

/** A real build in a folder of its own: real parser, context, layers and store; base images and RUN are doubles. */
final class TestBuild implements AutoCloseable {
    static final Instant FILE_TIME = Instant.parse("2020-01-02T03:04:05Z");
    static final Instant RUN_TIME = Instant.parse("2024-05-06T07:08:09Z");
    static final Platform PLATFORM = new Platform("linux", "amd64", "");

    final Path context;
    final ContentStore store;
    final FakeRootfs rootfs;
    final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, ImageConfig> images = new HashMap<>();
    /** How often the machine was asked how well it keeps owners. */
    int timesJudged;

    boolean mayStart = true;

    private String ownerFidelity = WorkerDoor.FULL;
    private boolean useCache = true;
    private boolean everyStage;
    private int jobs = 1;
    private final Map<String, NamedContext> contexts = new HashMap<>();
    private Map<String, String> args = Map.of();
    private ImageOptions options = ImageOptions.DEFAULT;
    private Instant now = RUN_TIME;
    private Map<String, String> baseAnnotations = Map.of();
    private RunOptions runs = RunOptions.DEFAULT;
    private byte[] resolvConf = {};
    private MountSettings mounts = MountSettings.NONE;

    TestBuild(Path folder) throws IOException {
        context = Files.createDirectories(folder.resolve("context"));
        store = ContentStore.open(folder.resolve("store"));
        rootfs = new FakeRootfs(store);
    }

    TestBuild file(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(FILE_TIME));
        return this;
    }

    TestBuild args(Map<String, String> values) {
        args = values;
        return this;
    }

    /** From now on, the machine has one id. */
    TestBuild withASingleId() {
        ownerFidelity = "single-id";
        return this;
    }

    TestBuild withAllIds() {
        ownerFidelity = WorkerDoor.FULL;
        return this;
    }

    TestBuild proxies(Map<String, String> values) {
        runs = runs.withProxyVariables(values);
        return this;
    }

    TestBuild runs(RunOptions options) {
        runs = options;
        return this;
    }

    TestBuild resolvConf(String text) {
        resolvConf = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    TestBuild jobs(int number) {
        jobs = number;
        return this;
    }

    TestBuild everyStage() {
        everyStage = true;
        return this;
    }

    TestBuild namedContext(String name, NamedContext value) {
        contexts.put(name, value);
        return this;
    }

    TestBuild mounts(MountSettings values) {
        mounts = values;
        return this;
    }

    TestBuild withoutCache() {
        useCache = false;
        return this;
    }

    /** Annotations of every base image's manifest. */
    TestBuild baseAnnotations(Map<String, String> values) {
        baseAnnotations = values;
        return this;
    }

    /** A base image with one layer of the given entries. */
    TestBuild image(String name, ContainerConfig container, List<LayerEntry> entries) throws IOException {
        try (var sink = store.newLayer()) {
            for (LayerEntry entry : entries) {
                sink.write(entry);
            }
            images.put(
                    name,
                    new ImageConfig(
                            PLATFORM,
                            "",
                            FILE_TIME,
                            container,
                            List.of(sink.commit()),
                            List.of(new History(FILE_TIME, "base", "", "", false))));
        }
        return this;
    }

    TestBuild options(ImageOptions value) {
        options = value;
        return this;
    }

    /** The time at which every RUN ends. */
    TestBuild at(Instant time) {
        now = time;
        rootfs.now = time;
        return this;
    }

    ImageConfig build(String... lines) throws InterruptedException {
        return built(lines).config();
    }

    BuiltImage built(String... lines) throws InterruptedException {
        return builtFor(List.of(PLATFORM), lines).get(0);
    }

    /** An image for each platform. */
    List<BuiltImage> builtFor(List<Platform> platforms, String... lines) throws InterruptedException {
        Dockerfile dockerfile = DockerfileParser.parse(new SourceText("Dockerfile", List.of(lines)));
        List<BuildPlan> plans = platforms.stream()
                .map(platform -> plan(dockerfile, platform, platforms.size() > 1))
                .toList();
        events.clear();
        return new BuildRunner(
                        plans,
                        store,
                        new Images(),
                        new Door(),
                        new ContentDigest(DigestMemo.none()),
                        Fetcher.of(store, true, System.getenv(), Logins.none()),
                        events::add)
                .run();
    }

    private BuildPlan plan(Dockerfile dockerfile, Platform platform, boolean oneOfSeveral) {
        StageGraph graph = Planner.plan(
                dockerfile,
                PlanRequest.of(args, null, platform)
                        .withContexts(ContextNames.of(contexts.keySet()))
                        .withEveryStage(everyStage));
        RunSettings settings = new RunSettings(resolvConf, runs, Clock.fixed(now, ZoneOffset.UTC));
        return new BuildPlan(
                dockerfile,
                graph,
                new BuildContexts(() -> BuildContext.open(context, IgnoreFile.find(context, null)), contexts),
                platform,
                oneOfSeveral,
                oneOfSeveral,
                PullPolicy.MISSING,
                useCache,
                options,
                settings,
                mounts,
                jobs);
    }

    long cachedSteps() {
        return events.stream().filter(BuildEvent.StepCached.class::isInstance).count();
    }

    /** {@code type mode uid:gid content} of every file of an image, by path. */
    Map<String, String> files(ImageConfig image) throws IOException {
        ImageTree tree = ImageTree.of(store, image.diffIds());
        Map<String, String> files = new TreeMap<>();
        list(tree, EntryName.ROOT, files);
        return files;
    }

    private static void list(ImageTree tree, EntryName directory, Map<String, String> files) throws IOException {
        for (EntryName child : tree.children(directory)) {
            LayerEntry entry = tree.lookup(child).orElseThrow();
            String content = "";
            if (entry.isFile()) {
                try (InputStream in = tree.open(child)) {
                    content = " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            } else if (entry.isSymlink()) {
                content = " -> " + new String(entry.linkTarget(), StandardCharsets.UTF_8);
            }
            files.put(
                    child.toString(),
                    entry.type() + " " + Integer.toOctalString(entry.mode()) + " " + entry.uid() + ":" + entry.gid()
                            + content);
            if (entry.isDirectory()) {
                list(tree, child, files);
            }
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Images implements ImageSource {
        @Override
        public ResolvedImage resolve(String name, Platform platform, PullPolicy policy) {
            ImageConfig config = images.get(name);
            if (config == null) {
                throw new UncheckedIOException(new IOException("no image " + name));
            }
            Descriptor descriptor =
                    new Descriptor(MediaType.OCI_MANIFEST, Digest.of(name.getBytes(StandardCharsets.UTF_8)), 1);
            return new ResolvedImage(
                    name,
                    descriptor,
                    new Manifest(MediaType.OCI_MANIFEST, descriptor, List.of(), baseAnnotations),
                    config);
        }

        @Override
        public void fetchLayers(ResolvedImage image) {}
    }

    private final class Door implements WorkerDoor {
        @Override
        public void startSoon() {
            if (!mayStart) {
                throw new HostUnsuitable(FailureCode.HOST_UNSUITABLE, "no worker", "");
            }
        }

        @Override
        public void require(Platform platform) {
            if (!platform.architecture().equals(PLATFORM.architecture())) {
                throw new HostUnsuitable(FailureCode.HOST_UNSUITABLE, "no programs for " + platform, "");
            }
        }

        @Override
        public Rootfs rootfs() {
            return rootfs;
        }

        @Override
        public String ownerFidelity() {
            timesJudged++;
            return ownerFidelity;
        }

        @Override
        public void close() {}
    }
}
