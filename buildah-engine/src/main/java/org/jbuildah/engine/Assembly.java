package org.jbuildah.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.build.BuildPlan;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.Finding;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.fetch.Logins;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryClient;
import org.jbuildah.engine.registry.RegistrySettings;
import org.jbuildah.engine.remote.HelperContainer;
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
    private final Map<RegistryOptions, RegistryClient> registries = new HashMap<>();
    private final LazyWorkers workers;
    private final StoredImages stored;

    private Assembly(
            ContentStore store, EventSink events, CredentialLookup credentials, Map<String, String> environment) {
        this.store = store;
        this.events = events;
        this.credentials = credentials;
        this.environment = environment;
        this.stored = new StoredImages(store);
        this.workers = new LazyWorkers(store.root(), events);
    }

    static Assembly on(Path root, EventSink events, CredentialLookup credentials, Map<String, String> environment) {
        return new Assembly(ContentStore.open(root), events, credentials, environment);
    }

    ContentStore store() {
        return store;
    }

    ImagesByName images(RegistryOptions options) {
        return new ImagesByName(store, registry(options), events);
    }

    /** @param secrets of the build, among which logins may be */
    Fetcher fetcher(boolean verifyTls, Map<String, SecretSource> secrets) {
        return Fetcher.of(store, verifyTls, environment, Logins.among(secrets));
    }

    ImageSink localSink() {
        return sinks(RegistryOptions.DEFAULT).local();
    }

    ImageSink sink(Output output, RegistryOptions options, LayerCompression compression) {
        return sinks(options).of(output, compression);
    }

    private ImageSinks sinks(RegistryOptions options) {
        return new ImageSinks(store, registry(options), events);
    }

    private synchronized RegistryClient registry(RegistryOptions options) {
        return registries.computeIfAbsent(
                options,
                asked -> RegistryClient.of(RegistrySettings.of(environment).with(asked), credentials));
    }

    /** The way to the worker of one build; nothing is started before it is needed. */
    WorkerDoor worker(ModeOptions asked) {
        return workers.door(asked);
    }

    /** Builds in a container, with the files, the images and the credentials of this machine. */
    List<BuiltImage> inHelperContainer(
            BuildRequest request, List<BuildPlan> plans, PlanRequest planRequest, ImageSource images, Fetcher fetcher)
            throws InterruptedException {
        HelperContainer container =
                new HelperContainer(request.helper(), store, images, fetcher, new ContentDigest(digestMemo()), events);
        return container.build(
                plans, planRequest, request.modes().storageDriver(), environment.getOrDefault("PATH", ""));
    }

    ContextFiles contextFiles(Fetcher fetcher, boolean keepGitDir) {
        return new ContextFiles(store, fetcher, keepGitDir);
    }

    DigestMemo digestMemo() {
        return store.digestMemo();
    }

    /** Where a push goes. */
    static Output destination(@Nullable String text, StoredImages.Stored image) {
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

    StoredImages storedImages() {
        return stored;
    }

    StoredImages.Stored stored(String name) {
        try {
            return stored.find(name);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    List<OutgoingImage> imagesOfIndex(String name) {
        try {
            return stored.ofIndex(name);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    List<ImageSummary> summaries() {
        try {
            return stored.summaries();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
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

    List<String> info(ModeOptions asked) {
        List<String> lines = new ArrayList<>();
        lines.add("version: " + BuildEngine.version());
        lines.add("store: " + store.root());
        LazyWorkers.judged(store.root(), asked).reasons().forEach(reason -> lines.add("host: " + reason));
        return lines;
    }

    StoreBroken unreadable(IOException failure) {
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
