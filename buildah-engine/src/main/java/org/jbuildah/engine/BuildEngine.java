package org.jbuildah.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.build.BuildPlan;
import org.jbuildah.engine.build.BuildRunner;
import org.jbuildah.engine.build.RunSettings;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.DockerConfigCredentials;
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
        return new BuildEngine(Assembly.on(store, events, credentials, System.getenv()), events);
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
    public BuildResult build(BuildRequest request) throws InterruptedException {
        List<String> names =
                request.names().stream().map(BuildEngine::localName).toList();
        Path file = DockerfileLocation.of(request);
        Dockerfile dockerfile = DockerfileParser.parse(DockerfileLocation.read(file));
        Platform platform = Platform.ofThisMachine();
        StageGraph graph = Planner.plan(dockerfile, request.args(), request.target(), platform);
        BuildPlan plan = new BuildPlan(
                dockerfile,
                graph,
                () -> BuildContext.open(request.context(), IgnoreFile.find(request.context(), file)),
                platform,
                request.pull(),
                request.useCache(),
                request.image().labels(),
                new RunSettings(resolvConf(), request.runs(), Clock.systemUTC()));
        try (WorkerDoor worker = parts.worker(request.mode(), request.storageDriver())) {
            BuildRunner runner = new BuildRunner(
                    plan,
                    parts.store(),
                    parts.images(request.verifyTls()),
                    worker,
                    new ContentDigest(parts.digestMemo()),
                    parts.fetcher(request.verifyTls()),
                    events);
            ImageConfig image = runner.run();
            return delivered(image, request, names);
        }
    }

    private BuildResult delivered(ImageConfig image, BuildRequest request, List<String> names)
            throws InterruptedException {
        ImageFormat format = request.image().dockerFormat() ? ImageFormat.DOCKER : ImageFormat.OCI;
        Digest imageId = Digest.of(Json.write(image));
        Digest manifest = imageId;
        List<String> tags = names.isEmpty() ? List.of("") : names;
        for (String name : tags) {
            manifest = write(new Destination(parts.localSink(), "the local store"), image, name, format);
        }
        List<BuildResult.Delivered> delivered = new ArrayList<>();
        for (Output output : request.outputs()) {
            Destination destination = new Destination(parts.sink(output, request.verifyTls()), output.toString());
            Digest written = write(destination, image, tags.get(0), format);
            events.event(new BuildEvent.OutputWritten(destination.description(), written));
            delivered.add(new BuildResult.Delivered(output, written));
        }
        if (request.idFile() != null) {
            writeIdFile(request.idFile(), imageId);
        }
        return new BuildResult(imageId, manifest, names, image.diffIds().size(), parts.sizeOf(image), delivered);
    }

    private record Destination(org.jbuildah.engine.transport.ImageSink sink, String description) {}

    private static Digest write(Destination destination, ImageConfig image, String name, ImageFormat format)
            throws InterruptedException {
        return write(destination, image, Json.write(image), name, format);
    }

    private static Digest write(
            Destination destination, ImageConfig image, byte[] configBytes, String name, ImageFormat format)
            throws InterruptedException {
        try {
            return destination.sink().write(image, configBytes, name, format);
        } catch (IOException failure) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The image could not be written to " + destination.description() + ": " + failure.getMessage()
                            + ".",
                    "Check that the place exists, is writable and has room.",
                    failure);
        }
    }

    private static void writeIdFile(Path file, Digest imageId) {
        try {
            Files.writeString(file, imageId.toString(), StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The id of the image could not be written to \"" + file + "\": " + failure.getMessage() + ".",
                    "The image itself is in the store: " + imageId + ".",
                    failure);
        }
    }

    /**
     * Sends an image of the store elsewhere.
     *
     * @param name of the image, or its id
     * @param destination {@code docker://…}, {@code oci:…}, {@code oci-archive:…} or {@code docker-archive:…}; null for the registry
     *     that the name itself names
     * @param docker the format; null for the one it was built in
     * @return the digest of the manifest as it was written there
     */
    public Digest push(String name, @Nullable String destination, @Nullable Boolean docker, boolean verifyTls)
            throws InterruptedException {
        Assembly.StoredImage image = parts.stored(name);
        Output output = Assembly.destination(destination, image);
        ImageFormat format = docker == null ? image.format() : docker ? ImageFormat.DOCKER : ImageFormat.OCI;
        Destination place = new Destination(parts.sink(output, verifyTls), output.toString());
        Digest written = write(place, image.config(), image.configBytes(), image.name(), format);
        events.event(new BuildEvent.OutputWritten(place.description(), written));
        return written;
    }

    /** Fetches an image into the store and names it there. @return its id */
    public Digest pull(String name, boolean verifyTls) throws InterruptedException {
        var images = parts.images(verifyTls);
        ResolvedImage image = images.resolve(name, Platform.ofThisMachine(), PullPolicy.ALWAYS);
        images.fetchLayers(image);
        return image.manifest().config().digest();
    }

    /** The tagged images of the store, by name. */
    public List<ImageSummary> images() {
        return parts.summaries();
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
    public List<String> info(StorageDriver driver) throws InterruptedException {
        return parts.info(driver);
    }

    /** The full reference that a name given to a build stands for. */
    private static String localName(String name) {
        try {
            return Reference.parseLocal(name).toString();
        } catch (IllegalArgumentException wrong) {
            throw new org.jbuildah.engine.api.RequestInvalid(
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
