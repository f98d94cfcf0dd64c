package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;

/**
 * The store of blobs and of what is known about them: an OCI image layout with a {@code meta} folder beside it.
 *
 * <p>Laws: a blob appears under its name only whole and verified; a record only after all that it names. Several processes and
 * class loaders use one root at once. Deleting under {@code meta/}, {@code derived/} or {@code tmp/} costs time, not content.
 */
public final class ContentStore implements AutoCloseable {
    /**
     * Opens a store, and makes it where there is none.
     *
     * @throws org.jbuildah.engine.api.StoreBroken if it is of a newer format, or cannot be read or written
     */
    public static ContentStore open(Path root) {
        throw new IllegalStateException("contract only");
    }

    public Path root() {
        throw new IllegalStateException("contract only");
    }

    // ---- blobs

    public boolean contains(Digest digest) {
        throw new IllegalStateException("contract only");
    }

    /** The size of a blob in bytes; empty when the store lacks it. */
    public Optional<Long> size(Digest digest) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The bytes of a small blob: a config, a manifest. */
    public byte[] read(Digest digest) throws IOException {
        throw new IllegalStateException("contract only");
    }

    public InputStream open(Digest digest) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** Stores bytes and names them. */
    public Descriptor put(String mediaType, byte[] bytes) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** Starts a blob of unknown digest. */
    public BlobWriter newBlob() throws IOException {
        throw new IllegalStateException("contract only");
    }

    // ---- layers

    /** Starts a layer of our own: an uncompressed tar, indexed and digested as it is written. */
    public LayerSink newLayer() throws IOException {
        throw new IllegalStateException("contract only");
    }

    /**
     * Takes in a layer from elsewhere in one pass: verifies size and digest, decompresses, indexes, learns the diffID.
     *
     * @param blob the bytes as the descriptor promises them
     * @throws IOException if they are not what the descriptor promises; the store is then unchanged
     */
    public DiffId ingest(Descriptor descriptor, InputStream blob) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The index of a layer; empty when the store does not have the layer. The store keeps it open: do not close it. */
    public Optional<LayerIndex> index(DiffId layer) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The uncompressed tar of a layer, positioned reads; made once from a compressed blob when needed. The caller closes it. */
    public FileChannel tar(DiffId layer) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The blobs that the store has or knows of a layer, as stored or as pushed before; plain tar first, if it is there. */
    public List<Descriptor> descriptors(DiffId layer) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** Remembers that a blob is a (compressed) form of a layer, so that a push compresses once. */
    public void remember(DiffId layer, Descriptor blob) throws IOException {
        throw new IllegalStateException("contract only");
    }

    // ---- records, small and droppable

    /** A record by its kind ({@code step}, {@code source}) and key. */
    public Optional<byte[]> record(String kind, String key) throws IOException {
        throw new IllegalStateException("contract only");
    }

    public void record(String kind, String key, byte[] value) throws IOException {
        throw new IllegalStateException("contract only");
    }

    // ---- names

    public Tags tags() {
        throw new IllegalStateException("contract only");
    }

    /** A fresh directory under {@code tmp/}, removed when the store is closed, or by whoever comes later. */
    public Path scratch() throws IOException {
        throw new IllegalStateException("contract only");
    }

    @Override
    public void close() {}
}
