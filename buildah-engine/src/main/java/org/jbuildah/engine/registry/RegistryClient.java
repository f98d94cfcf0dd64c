package org.jbuildah.engine.registry;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.http.Trust;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Reference;

/**
 * Talks to registries: one client serves a whole build, from any number of threads, and keeps what it learns of each registry (TLS or
 * not, tokens).
 *
 * <p>Laws: bytes are passed on verbatim; nothing is handed out that does not match its digest; credentials go to the registry and to the
 * token service it names, never elsewhere and never in the clear, loopback and switched-off verification excepted. A lost connection,
 * 429 and 5xx are tried again. An interrupt ends any call with {@code InterruptedException}. It does not look at what manifests say.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
 */
public final class RegistryClient {
    private static final Duration TLS_PATIENCE =
            Duration.ofSeconds(5); // a port without TLS may hold its tongue for ever

    private final RegistrySettings settings;
    private final CredentialLookup credentials;
    private final Duration tlsPatience;
    private final Clock clock;
    private final RetryPolicy retry;
    private final Map<String, RegistrySession> sessions = new ConcurrentHashMap<>();

    private RegistryClient(RegistrySettings settings, CredentialLookup credentials, Duration tlsPatience, Clock clock) {
        this.tlsPatience = tlsPatience;
        this.settings = settings;
        this.credentials = credentials;
        this.clock = clock;
        this.retry = new RetryPolicy(settings.retries(), settings.pauses(), clock);
    }

    public static RegistryClient of(RegistrySettings settings, CredentialLookup credentials) {
        return of(settings, credentials, TLS_PATIENCE);
    }

    /** @param tlsPatience how long a loopback port may take to show that it speaks TLS */
    static RegistryClient of(RegistrySettings settings, CredentialLookup credentials, Duration tlsPatience) {
        return new RegistryClient(settings, credentials, tlsPatience, Clock.systemUTC());
    }

    /**
     * The manifest or index that a reference names; its digest counts where it has one, else its tag.
     *
     * @throws org.jbuildah.engine.api.ImageUnavailable if it cannot be had
     */
    public FetchedManifest manifest(Reference image) throws InterruptedException {
        return manifests(image).get(tagOrDigest(image), Errand.pull(image));
    }

    /** A manifest of the same repository by its digest, as an index names it. */
    public FetchedManifest manifest(Reference repository, Digest digest) throws InterruptedException {
        Reference image = new Reference(repository.registry(), repository.repository(), null, digest);
        return manifests(image).get(digest.toString(), Errand.pull(image));
    }

    /** What a tag or digest names at present, without fetching it; empty where the registry does not know it. */
    public Optional<Descriptor> headManifest(Reference image) throws InterruptedException {
        return manifests(image).head(tagOrDigest(image), Errand.pull(image));
    }

    /**
     * The bytes of a blob, as they arrive. Reading verifies size and digest by the end of the stream and goes on after a lost
     * connection where it stopped; it throws {@link org.jbuildah.engine.api.ImageUnavailable} when that fails for good, and
     * {@link java.io.InterruptedIOException} (with the thread's flag set) on an interrupt.
     *
     * @throws org.jbuildah.engine.api.ImageUnavailable if the registry does not have it
     */
    public InputStream blob(Reference repository, Descriptor blob) throws InterruptedException {
        return new BlobEndpoint(session(repository)).open(blob, Errand.pull(repository));
    }

    public boolean hasBlob(Reference repository, Digest blob) throws InterruptedException {
        return new BlobEndpoint(session(repository)).has(blob, Errand.pull(repository));
    }

    /**
     * Has a blob in a repository: it may be there, may be mounted from another repository of the same registry, or is uploaded.
     *
     * @param mountFrom repositories of the same registry that may have it, such as {@code library/debian}; the best first
     * @param sent hears how many bytes have gone out so far; starts anew with a retry
     * @throws org.jbuildah.engine.api.TransferFailed if the registry does not take it
     */
    public BlobDelivery pushBlob(
            Reference repository, Descriptor blob, List<String> mountFrom, BlobSource source, LongConsumer sent)
            throws InterruptedException {
        return new UploadEndpoint(session(repository)).push(blob, mountFrom, source, sent, Errand.push(repository));
    }

    /**
     * Uploads bytes whose digest is not known before they have passed, chunk by chunk.
     *
     * @throws org.jbuildah.engine.api.TransferFailed if the registry does not take it
     */
    public Descriptor pushBlob(Reference repository, String mediaType, InputStream bytes, LongConsumer sent)
            throws InterruptedException {
        return new UploadEndpoint(session(repository)).push(mediaType, bytes, sent, Errand.push(repository));
    }

    /**
     * Puts a manifest or index, verbatim, under the reference's tag, or under its digest where there is no tag.
     *
     * @return the digest of the bytes
     * @throws org.jbuildah.engine.api.TransferFailed if the registry does not take it
     */
    public Digest pushManifest(Reference image, String mediaType, byte[] bytes) throws InterruptedException {
        String name = image.tag() == null ? Digest.of(bytes).toString() : image.tag();
        return manifests(image).put(name, mediaType, bytes, Errand.push(image));
    }

    /** The tags of a repository; empty where the registry does not know it. */
    public List<String> tags(Reference repository) throws InterruptedException {
        return new TagsEndpoint(session(repository)).list(Errand.pull(repository));
    }

    private ManifestEndpoint manifests(Reference image) {
        RegistrySession session = session(image);
        return new ManifestEndpoint(session, new TagsEndpoint(session));
    }

    private static String tagOrDigest(Reference image) {
        if (image.digest() != null) {
            return image.digest().toString();
        }
        return image.tag() == null ? "latest" : image.tag();
    }

    private RegistrySession session(Reference image) {
        return sessions.computeIfAbsent(image.registry(), this::connect);
    }

    private RegistrySession connect(String name) {
        RegistryHost registry = new RegistryHost(name);
        CertificateFolder added = settings.certificates().of(name);
        Supplier<SSLContext> anything = () -> Trust.anything(added.identities());
        Supplier<SSLContext> verified = () -> Trust.platformAnd(added.authorities(), added.identities());
        HttpPort port = new HttpPort(settings.http(), settings.verifyTls() ? verified : anything);
        HttpPort asking = new HttpPort(settings.withStall(tlsPatience).http(), anything);
        TokenService tokens = new TokenService(port, retry, settings.verifyTls(), clock);
        return new RegistrySession(
                new RegistryFront(registry, settings.verifyTls(), asking, port),
                port,
                new Authorizer(registry, credentials, tokens, clock),
                retry);
    }
}
