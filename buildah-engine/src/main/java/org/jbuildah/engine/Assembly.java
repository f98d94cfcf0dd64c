package org.jbuildah.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.Finding;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.host.Choice;
import org.jbuildah.engine.host.HostProbe;
import org.jbuildah.engine.host.ModeChooser;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryClient;
import org.jbuildah.engine.registry.RegistrySettings;
import org.jbuildah.engine.transport.Destination;
import org.jbuildah.engine.transport.ImageSink;
import org.jbuildah.engine.transport.ImageSinks;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ImagesByName;
import org.jbuildah.engine.transport.OutgoingImage;
import org.jspecify.annotations.Nullable;

/** Puts the rooms together: the one place that calls {@code new} across them. */
final class Assembly implements AutoCloseable {
    private final ContentStore store;
    private final EventSink events;
    private final CredentialLookup credentials;
    private final Map<String, String> environment;
    private final Map<Boolean, RegistryClient> registries = new HashMap<>();
    private final LazyWorkers workers;

    private Assembly(
            ContentStore store, EventSink events, CredentialLookup credentials, Map<String, String> environment) {
        this.store = store;
        this.events = events;
        this.credentials = credentials;
        this.environment = environment;
        this.workers = new LazyWorkers(store.root(), events);
    }

    static Assembly on(Path root, EventSink events, CredentialLookup credentials, Map<String, String> environment) {
        return new Assembly(ContentStore.open(root), events, credentials, environment);
    }

    ContentStore store() {
        return store;
    }

    ImageSource images(boolean verifyTls) {
        return new ImagesByName(store, registry(verifyTls), events);
    }

    Fetcher fetcher(boolean verifyTls) {
        return Fetcher.of(store, verifyTls, environment);
    }

    ImageSink localSink() {
        return sinks(true).local();
    }

    ImageSink sink(Output output, boolean verifyTls) {
        return sinks(verifyTls).of(output);
    }

    private ImageSinks sinks(boolean verifyTls) {
        return new ImageSinks(store, registry(verifyTls), events);
    }

    private synchronized RegistryClient registry(boolean verifyTls) {
        return registries.computeIfAbsent(
                verifyTls,
                verify -> RegistryClient.of(RegistrySettings.of(environment).withVerifyTls(verify), credentials));
    }

    /** The way to the worker of one build; nothing is started before it is needed. */
    WorkerDoor worker(BuildMode mode, StorageDriver driver) {
        return workers.door(mode, driver);
    }

    ContextFiles contextFiles(boolean verifyTls, boolean keepGitDir) {
        return new ContextFiles(store, fetcher(verifyTls), keepGitDir);
    }

    DigestMemo digestMemo() {
        return store.digestMemo();
    }

    /** Where a push goes. */
    static Output destination(@Nullable String text, StoredImage image) {
        if (text != null) {
            return Destination.parse(text);
        }
        if (image.name().isEmpty() || Reference.parse(image.name()).isLocal()) {
            throw new ImageUnavailable(
                    FailureCode.REFERENCE_INVALID,
                    "The image's own name names no registry to push to.",
                    "Name the destination, such as docker://registry.example.org/team/shop:1.0 or oci:DIRECTORY.");
        }
        return new Output.Registry(image.name());
    }

    /**
     * An image of the store.
     *
     * @param name its full reference; empty when it was asked for by id
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record StoredImage(String name, byte[] configBytes, Map<String, String> annotations, ImageFormat format) {
        OutgoingImage outgoing() {
            return new OutgoingImage(Json.parseConfig(configBytes), configBytes, annotations);
        }
    }

    /** Finds an image by name or by the 64 digits of its id. */
    StoredImage stored(String name) {
        try {
            if (name.matches("(sha256:)?[0-9a-f]{64}")) {
                Digest id = Digest.parse(name.startsWith("sha256:") ? name : "sha256:" + name);
                if (store.contains(id)) {
                    return new StoredImage("", imageConfig(id), Map.of(), ImageFormat.OCI);
                }
            } else {
                for (Reference candidate : List.of(Reference.parseLocal(name), Reference.parse(name))) {
                    Optional<Descriptor> tagged = store.tags().find(candidate.toString());
                    if (tagged.isPresent()) {
                        return stored(candidate.toString(), tagged.get());
                    }
                }
            }
        } catch (IllegalArgumentException notAName) {
            throw unknown(name, String.valueOf(notAName.getMessage()));
        } catch (IOException failure) {
            throw unreadable(failure);
        }
        throw unknown(name, "");
    }

    private StoredImage stored(String name, Descriptor descriptor) throws IOException {
        byte[] document = store.read(descriptor.digest());
        if (MediaType.isIndex(Json.mediaTypeOf(document))) {
            throw unknown(name, "It is an index of several platforms, which cannot be pushed yet.");
        }
        Manifest manifest = Json.parseManifest(document);
        ImageFormat format =
                manifest.mediaType().equals(MediaType.DOCKER_MANIFEST) ? ImageFormat.DOCKER : ImageFormat.OCI;
        return new StoredImage(name, imageConfig(manifest.config().digest()), manifest.annotations(), format);
    }

    /** @throws IllegalArgumentException if the blob is no config */
    private byte[] imageConfig(Digest digest) throws IOException {
        byte[] bytes = store.read(digest);
        Json.parseConfig(bytes);
        return bytes;
    }

    private static ImageUnavailable unknown(String name, String why) {
        return new ImageUnavailable(
                FailureCode.IMAGE_NOT_FOUND,
                "There is no image \"" + name + "\" in the store." + (why.isEmpty() ? "" : " " + why),
                "\"images\" lists what is there.");
    }

    List<ImageSummary> summaries() {
        List<ImageSummary> summaries = new ArrayList<>();
        try {
            for (Map.Entry<String, Descriptor> tag : store.tags().all().entrySet()) {
                byte[] document = store.read(tag.getValue().digest());
                if (MediaType.isManifest(Json.mediaTypeOf(document))) {
                    summaries.add(summary(tag.getKey(), tag.getValue(), Json.parseManifest(document)));
                }
            }
        } catch (IOException failure) {
            throw unreadable(failure);
        }
        return summaries;
    }

    private ImageSummary summary(String name, Descriptor descriptor, Manifest manifest) throws IOException {
        Digest id = manifest.config().digest();
        ImageConfig config = Json.parseConfig(store.read(id));
        long size = manifest.layers().stream().mapToLong(Descriptor::size).sum();
        return new ImageSummary(name, id, descriptor.digest(), config.created(), size);
    }

    /** The bytes of an image's layers, uncompressed where they are there so. */
    long sizeOf(ImageConfig image) {
        try {
            long size = 0;
            for (DiffId layer : image.diffIds()) {
                size += store.descriptors(layer).stream()
                        .mapToLong(Descriptor::size)
                        .findFirst()
                        .orElse(0);
            }
            return size;
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    long prune(boolean all) throws InterruptedException {
        try {
            var swept = all ? store.sweeper().pruneAll() : store.sweeper().prune();
            if (Files.exists(store.root().resolve("rootfs"))) {
                workers.prune(all);
            }
            return swept.sizeInBytes();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    List<String> fsck() {
        try {
            return store.sweeper().fsck().stream().map(Assembly::sentence).toList();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private static String sentence(Finding finding) {
        String images = finding.images().isEmpty() ? "" : " Images: " + String.join(", ", finding.images()) + ".";
        return finding.file() + ": " + finding.what() + images;
    }

    List<String> info(StorageDriver driver) {
        List<String> lines = new ArrayList<>();
        lines.add("version: " + BuildEngine.version());
        lines.add("store: " + store.root());
        Choice choice = new ModeChooser().choose(HostProbe.ofThisMachine().probe(store.root()), BuildMode.AUTO, driver);
        choice.reasons().forEach(reason -> lines.add("host: " + reason));
        return lines;
    }

    private StoreBroken unreadable(IOException failure) {
        return new StoreBroken(
                FailureCode.STORE_CORRUPT,
                "The store " + store.root() + " cannot be read: " + failure.getMessage() + ".",
                "\"fsck\" says what is wrong with it.",
                failure);
    }

    @Override
    public void close() {
        workers.close();
        store.close();
    }
}
