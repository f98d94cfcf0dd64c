package org.jbuildah.engine.registry;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
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
    private RegistryClient() {}

    public static RegistryClient of(RegistrySettings settings, CredentialLookup credentials) {
        throw new IllegalStateException("contract only");
    }

    /**
     * The manifest or index that a reference names; its digest counts where it has one, else its tag.
     *
     * @throws org.jbuildah.engine.api.ImageUnavailable if it cannot be had
     */
    public FetchedManifest manifest(Reference image) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    /** A manifest of the same repository by its digest, as an index names it. */
    public FetchedManifest manifest(Reference repository, Digest digest) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    /** What a tag or digest names at present, without fetching it; empty where the registry does not know it. */
    public Optional<Descriptor> headManifest(Reference image) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    /**
     * The bytes of a blob, as they arrive. Reading verifies size and digest by the end of the stream and goes on after a lost
     * connection where it stopped; it throws {@link org.jbuildah.engine.api.ImageUnavailable} when that fails for good, and
     * {@link java.io.InterruptedIOException} (with the thread's flag set) on an interrupt.
     *
     * @throws org.jbuildah.engine.api.ImageUnavailable if the registry does not have it
     */
    public InputStream blob(Reference repository, Descriptor blob) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    public boolean hasBlob(Reference repository, Digest blob) throws InterruptedException {
        throw new IllegalStateException("contract only");
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
        throw new IllegalStateException("contract only");
    }

    /**
     * Uploads bytes whose digest is not known before they have passed, chunk by chunk.
     *
     * @throws org.jbuildah.engine.api.TransferFailed if the registry does not take it
     */
    public Descriptor pushBlob(Reference repository, String mediaType, InputStream bytes, LongConsumer sent)
            throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    /**
     * Puts a manifest or index, verbatim, under the reference's tag, or under its digest where there is no tag.
     *
     * @return the digest of the bytes
     * @throws org.jbuildah.engine.api.TransferFailed if the registry does not take it
     */
    public Digest pushManifest(Reference image, String mediaType, byte[] bytes) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    /** The tags of a repository; empty where the registry does not know it. */
    public List<String> tags(Reference repository) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }
}
