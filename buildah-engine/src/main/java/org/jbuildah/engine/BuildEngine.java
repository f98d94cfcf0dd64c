package org.jbuildah.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageInspection;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.KeptRun;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.Layering;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.api.Untagged;
import org.jbuildah.engine.build.BuildPlan;
import org.jbuildah.engine.build.BuildRunner;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.build.MountSettings;
import org.jbuildah.engine.build.RunSettings;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.host.Diagnosis;
import org.jbuildah.engine.host.HostProbe;
import org.jbuildah.engine.host.ModeChooser;
import org.jbuildah.engine.lint.Checks;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.DockerConfigCredentials;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ImagesByName;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jspecify.annotations.Nullable;

/**
 * The engine: builds Dockerfiles into images. With {@link org.jbuildah.engine.api}, the stable door for other build tools.
 *
 * <p>One engine serves one store; it may build several requests, one after the other or from several threads. Every failure that a
 * user can do something about is a {@link BuildException}. Interrupting the calling thread, or closing the engine from another, ends
 * a build; nothing of it is left running or mounted.
 */
public final class BuildEngine implements AutoCloseable {
    private static final Set<String> GO_TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

    private final Assembly parts;
    private final EventSink events;

    private BuildEngine(Assembly parts, EventSink events) {
        this.parts = parts;
        this.events = events;
    }

    /** Opens the store of this user, with the credentials of docker and podman. */
    public static BuildEngine open(EventSink events) {
        return open(StoreLocation.ofThisUser(events), events);
    }

    /**
     * Opens the store of this user.
     *
     * @param credentials asked before a registry is
     */
    public static BuildEngine open(EventSink events, CredentialLookup credentials) {
        return open(StoreLocation.ofThisUser(events), events, credentials);
    }

    /** Opens the store in a directory, which is made if need be. */
    public static BuildEngine open(Path store, EventSink events) {
        return open(store, events, DockerConfigCredentials.of(System.getenv()));
    }

    /** @param credentials asked before a registry is; see {@link CredentialLookup#orElse} */
    public static BuildEngine open(Path store, EventSink events, CredentialLookup credentials) {
        return open(store, events, credentials, System.getenv());
    }

    static BuildEngine open(
            Path store, EventSink events, CredentialLookup credentials, Map<String, String> environment) {
        return new BuildEngine(Assembly.on(store, events, credentials, environment), events);
    }

    /** The version of the engine, or {@code unknown} outside of its jar. */
    public static String version() {
        String version = BuildEngine.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /**
     * Builds an image, names it in the store and writes the outputs.
     *
     * @throws BuildException if it cannot be done; says where and what to do
     */
    public BuildResult build(BuildRequest asked) throws InterruptedException {
        List<String> names = asked.names().stream().map(BuildEngine::localName).toList();
        String index = asked.index() == null ? "" : localName(asked.index());
        ImagesByName registries = parts.images(asked.registries()); // refuses certificates that cannot be used
        OpenInput input = new InputReader(asked.input(), contextFiles(asked)).read();
        Dockerfile dockerfile = DockerfileParser.parse(input.dockerfile());
        SourceDate date = SourceDate.of(asked, dockerfile);
        BuildRequest request = withPlatforms(asked, dockerfile, date, registries);
        Checks checks = BuildChecks.of(
                dockerfile, request, input, warning -> events.event(new BuildEvent.CheckWarned(warning)));
        List<BuildPlan> plans = new ArrayList<>();
        List<PlanRequest> planRequests = new ArrayList<>();
        for (Platform platform : PlanRequests.platforms(request.stages())) {
            checks.judgeFile(platform);
            PlanRequest planRequest = PlanRequests.of(request, date.args(), platform);
            StageGraph graph = Planner.plan(dockerfile, planRequest);
            checks.judgeStages(graph, graph.needed(), true);
            checks.refuseErrors();
            planRequests.add(planRequest);
            plans.add(plan(request, date, dockerfile, graph, input, platform));
        }
        List<StageGraph> graphs = plans.stream().map(BuildPlan::graph).toList();
        PlatformSpelling.warnings(graphs, request.stages().platforms())
                .forEach(warning -> events.event(new BuildEvent.Warned(warning)));
        ImageSource images = new CheckedImages(registries, checks, graphs);
        boolean runs = graphs.stream().anyMatch(StageGraph::hasRun);
        List<BuiltImage> built =
                ModeChooser.inHelperContainer(request.modes().mode(), runs, System.getProperty("os.name", ""))
                        ? parts.inHelperContainer(request, plans, planRequests.get(0), images, fetcher(request))
                        : here(request, plans, images);
        return new Delivery(parts, events, request, names, index).of(built);
    }

    private static BuildRequest withPlatforms(
            BuildRequest asked, Dockerfile dockerfile, SourceDate date, ImagesByName images)
            throws InterruptedException {
        if (!asked.stages().allPlatforms()) {
            return asked;
        }
        AllPlatforms all = new AllPlatforms(
                platform -> Planner.plan(dockerfile, PlanRequests.of(asked, date.args(), platform)),
                name -> images.platforms(name, asked.pull()));
        return asked.withStages(asked.stages().withAllPlatforms(false).withPlatforms(all.find()));
    }

    private List<BuiltImage> here(BuildRequest request, List<BuildPlan> plans, ImageSource images)
            throws InterruptedException {
        try (WorkerDoor worker = parts.worker(request.modes())) {
            return new BuildRunner(
                            plans,
                            parts.store(),
                            images,
                            worker,
                            new ContentDigest(parts.digestMemo()),
                            fetcher(request),
                            events)
                    .run();
        }
    }

    private static BuildPlan plan(
            BuildRequest request,
            SourceDate date,
            Dockerfile dockerfile,
            StageGraph graph,
            OpenInput input,
            Platform platform) {
        return new BuildPlan(
                dockerfile,
                graph,
                input.contexts(),
                platform,
                !request.stages().platforms().isEmpty(),
                request.stages().severalPlatforms(),
                request.pull(),
                request.useCache() && date.image().layering() != Layering.ONE_ABOVE_BASE,
                date.image(),
                new RunSettings(resolvConf(), request.runs(), Clock.systemUTC()),
                MountSettings.of(request.runs().lent(), request.args().getOrDefault("BUILDKIT_CACHE_MOUNT_NS", "")),
                request.stages().jobs());
    }

    /**
     * Examines the machine: on which rung a build with this request would stand, and what would lift it. Opens no store; a rehearsal
     * makes one if there is none, for it starts a worker there.
     *
     * @param store null for this user's own
     */
    public static Diagnosis examine(@Nullable Path store, ModeOptions asked, boolean rehearse) {
        Path root = store == null ? StoreLocation.ofThisUser(EventSink.silent()) : store.toAbsolutePath();
        Examination examination = new Examination(HostProbe.ofThisMachine(), root, asked);
        return rehearse ? examination.rehearsed() : examination.read();
    }

    /** @see <a href="https://docs.docker.com/reference/dockerfile/#buildkit-built-in-build-args">Dockerfile reference: BUILDKIT_ arguments</a> */
    private ContextFiles contextFiles(BuildRequest request) {
        String keep = request.args().getOrDefault("BUILDKIT_CONTEXT_KEEP_GIT_DIR", "");
        return parts.contextFiles(fetcher(request), GO_TRUE.contains(keep));
    }

    private Fetcher fetcher(BuildRequest request) {
        return parts.fetcher(
                request.registries().verifyTls(), request.runs().lent().secrets());
    }

    /**
     * Checks the Dockerfile of a request, all stages or those that its target needs. Nothing is built and nothing fetched, no store is
     * opened: what depends on a base image is judged as far as the file tells.
     *
     * @throws BuildException if there is no Dockerfile; what is wrong in one is part of the report
     */
    public static CheckReport check(BuildRequest request) {
        return BuildChecks.report(request);
    }

    /**
     * Sends an image of the store, or an index with all its images, elsewhere.
     *
     * @param name of the image, or its id
     * @param destination {@code docker://…}, {@code oci:…}, {@code oci-archive:…} or {@code docker-archive:…}; null for the registry
     *     that the name itself names
     * @param docker the format; null for the one it was built in
     * @param compression of the layers
     * @return the digest of the manifest as it was written there
     */
    public Digest push(
            String name,
            @Nullable String destination,
            @Nullable Boolean docker,
            LayerCompression compression,
            RegistryOptions registries)
            throws InterruptedException {
        StoredImages.Stored image = parts.stored(name);
        Output output = Assembly.destination(destination, image);
        ImageFormat format = docker == null ? image.format() : docker ? ImageFormat.DOCKER : ImageFormat.OCI;
        Place place = new Place(parts.sink(output, registries, compression), output.toString());
        Digest written = place.write(image.content(), image.name(), format).digest();
        events.event(new BuildEvent.OutputWritten(place.description(), written));
        return written;
    }

    /** Fetches an image into the store and names it there. @return its id */
    public Digest pull(String name, Platform platform, PullPolicy policy, RegistryOptions registries)
            throws InterruptedException {
        var images = parts.images(registries);
        ResolvedImage image = images.resolve(name, platform, policy);
        images.fetchLayers(image);
        return image.manifest().config().digest();
    }

    /** The tagged images of the store, by name. */
    public List<ImageSummary> images() {
        return parts.summaries();
    }

    /**
     * The documents of an image of the store; of an index those for this machine.
     *
     * @param image a name, an id, or the beginning of an id
     */
    public ImageInspection inspect(String image) {
        return new Inspection(parts).of(image);
    }

    /** Gives an image or index of the store further names; names that were another's move. */
    public void tag(String image, List<String> names) throws InterruptedException {
        new Naming(parts).tag(image, names.stream().map(BuildEngine::localName).toList());
    }

    /**
     * Takes names away. An image that has none left is no longer listed; what nothing else needs of it goes with the next prune.
     *
     * @param image a name, which alone is taken away; or an id, and all names of that image are
     * @param several whether an id may stand for more than one name
     */
    public Untagged untag(String image, boolean several) {
        return new Naming(parts).untag(image, several);
    }

    /** The failed RUNs that the store keeps, the last one first. */
    public List<KeptRun> keptRuns() {
        return kept().all();
    }

    /**
     * Runs a command where a failed RUN ended; see {@link org.jbuildah.engine.api.OnFailure}. What it changes is thrown away.
     *
     * @param id of the failed RUN, or the beginning of it
     * @return the command's exit code; 128 and the number of the signal that ended it
     * @throws BuildException if there is no such RUN, or the command cannot be started
     */
    public int enter(String id, List<String> command, ModeOptions asked, OutputStream out, OutputStream err)
            throws InterruptedException {
        return kept().enter(id, command, asked, out, err);
    }

    /** The same on a terminal; an empty {@code command} is the shell of the RUN's stage. */
    public int enter(String id, List<String> command, ModeOptions asked, Terminal terminal)
            throws InterruptedException {
        return kept().enter(id, command, asked, terminal);
    }

    private KeptRuns kept() {
        return new KeptRuns(parts, new RunSettings(resolvConf(), RunOptions.DEFAULT, Clock.systemUTC()));
    }

    /** Removes what nothing needs; with {@code all} the step cache too. @return how many bytes came free */
    public long prune(boolean all) throws InterruptedException {
        return parts.prune(all);
    }

    /** Checks the store; each finding is a sentence. */
    public List<String> fsck() throws InterruptedException {
        return parts.fsck();
    }

    /** Where the store is, and how a RUN would be carried out here, in sentences. */
    public List<String> info(ModeOptions asked) throws InterruptedException {
        return parts.info(asked);
    }

    /** The full reference that a name given to a build stands for. */
    private static String localName(String name) {
        try {
            return Reference.parseLocal(name).toString();
        } catch (IllegalArgumentException wrong) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    String.valueOf(wrong.getMessage()),
                    "Write NAME or NAME:TAG in lower case, such as shop:1.0 or registry.example.org/team/shop:1.0.",
                    wrong);
        }
    }

    private static byte[] resolvConf() {
        try {
            return Files.readAllBytes(Path.of("/etc/resolv.conf"));
        } catch (IOException none) {
            return new byte[0]; // a machine without name servers: RUN has none either
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
