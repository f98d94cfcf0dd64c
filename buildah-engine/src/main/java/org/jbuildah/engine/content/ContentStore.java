package org.jbuildah.engine.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jbuildah.engine.context.DigestMemo;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;

/**
 * The store of blobs and of what is known about them: an OCI image layout with a {@code meta} folder beside it.
 *
 * <p>Laws: a blob appears under its name only whole and verified; a record only after all that it names. Several processes and
 * class loaders use one root at once. Deleting under {@code meta/}, {@code derived/} or {@code tmp/} costs time, not content.
 * A failure of the disk with a known remedy is a {@link org.jbuildah.engine.api.StoreBroken}; nothing half-written stays.
 */
public final class ContentStore implements AutoCloseable {
    private static final long LARGEST_DOCUMENT = 64L << 20;

    private final StoreFolders folders;
    private final TemporaryFolder temporary;
    private final LayerForms forms;
    private final LayerIntake intake;
    private final Records records;
    private final Tags tags;
    private final StoredDigests memo;
    private final Use use;
    private final Map<DiffId, LayerIndex> indexes = new ConcurrentHashMap<>();

    private ContentStore(StoreFolders folders, Use use) {
        this.folders = folders;
        this.use = use;
        temporary = new TemporaryFolder(folders);
        forms = new LayerForms(folders, temporary);
        intake = new LayerIntake(folders, temporary, forms);
        records = new Records(folders, temporary);
        tags = new Tags(folders, temporary);
        memo = new StoredDigests(folders, records);
    }

    /**
     * Opens a store, and makes it where there is none.
     *
     * @throws org.jbuildah.engine.api.StoreBroken if it is of a newer format, or cannot be read or written
     */
    public static ContentStore open(Path root) {
        StoreFolders folders = new StoreFolders(root.toAbsolutePath().normalize());
        boolean writable = StoreFormat.open(folders);
        return new ContentStore(folders, writable ? Use.begin(folders) : Use.readOnly());
    }

    public Path root() {
        return folders.root();
    }

    /** Takes the lock of that name in this store, and waits for it. */
    public StoreLock lock(String name) throws IOException {
        try {
            return StoreLock.acquire(folders.locks().resolve(name));
        } catch (IOException e) {
            throw StoreTrouble.writing(folders.locks().resolve(name), e);
        }
    }

    /** Keeps two fetches of one blob apart, whichever processes they are in; unrelated blobs seldom wait for each other. */
    public StoreLock lock(Digest digest) throws IOException {
        return lock("blob-" + digest.hex().substring(0, 2)); // a bounded number of files
    }

    /** Cleans this store up; see there. */
    public Sweeper sweeper() {
        return new Sweeper(this, folders, temporary, use);
    }

    // ---- blobs

    public boolean contains(Digest digest) {
        return Files.isRegularFile(folders.blob(digest));
    }

    /** The size of a blob in bytes; empty when the store lacks it. */
    public Optional<Long> size(Digest digest) throws IOException {
        try {
            return Optional.of(Files.size(folders.blob(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The bytes of a small blob: a config, a manifest.
     *
     * @throws org.jbuildah.engine.api.StoreBroken if its bytes are no longer those of its digest
     */
    public byte[] read(Digest digest) throws IOException {
        Path blob = folders.blob(digest);
        long size = size(digest).orElseThrow(() -> new NoSuchFileException(blob.toString(), null, "not in the store"));
        if (size > LARGEST_DOCUMENT) {
            throw new IOException("the blob " + digest + " has " + size + " bytes, too many for a document");
        }
        byte[] bytes = Files.readAllBytes(blob);
        String hex = HexFormat.of()
                .formatHex(VerifiedInput.digestOf(digest.algorithm()).digest(bytes));
        if (!hex.equals(digest.hex())) {
            throw StoreTrouble.corrupt(blob, digest, "its bytes have the digest " + digest.algorithm() + ":" + hex);
        }
        return bytes;
    }

    /** The bytes of a blob; reading the last of them fails with {@link org.jbuildah.engine.api.StoreBroken} if the blob is damaged. */
    public InputStream open(Digest digest) throws IOException {
        return new StoredBytes(folders.blob(digest), digest);
    }

    /** Stores bytes and names them. */
    public Descriptor put(String mediaType, byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        if (!contains(digest)) {
            try (BlobWriter blob = newBlob()) {
                blob.write(bytes);
                blob.commit(mediaType);
            }
        }
        return new Descriptor(mediaType, digest, bytes.length);
    }

    /** Stores bytes of a known digest, sha512 too, after comparing them. */
    public void put(Digest digest, byte[] bytes) throws IOException {
        try (TemporaryFile file = temporary.file();
                InputStream in = new ByteArrayInputStream(bytes)) {
            new VerifiedInput(in, new Descriptor("", digest, bytes.length), file).finish();
            Files.createDirectories(folders.blob(digest).getParent());
            file.publishOnce(folders.blob(digest));
        }
    }

    /** Starts a blob of unknown digest. */
    public BlobWriter newBlob() throws IOException {
        return new BlobFile(folders, temporary.file());
    }

    // ---- layers

    /** Starts a layer of our own: an uncompressed tar, indexed and digested as it is written. */
    public LayerSink newLayer() throws IOException {
        return new LayerFile(folders, new BlobFile(folders, temporary.file()), temporary.name("i"));
    }

    /**
     * Takes in a layer from elsewhere in one pass: verifies size and digest, decompresses, indexes, learns the diffID.
     *
     * @param blob the bytes as the descriptor promises them; gzip, zstd or plain
     * @throws IOException if they are not what the descriptor promises; the store is then unchanged
     */
    public DiffId ingest(Descriptor descriptor, InputStream blob) throws IOException {
        return intake.ingest(descriptor, blob);
    }

    /** True when the store has a layer: a blob of it, and its index. */
    public boolean has(DiffId layer) throws IOException {
        return Files.exists(folders.layerIndex(layer))
                && forms.of(layer).stream().anyMatch(form -> contains(form.digest()));
    }

    /** The index of a layer; empty when the store does not have the layer. The store keeps it open: do not close it. */
    public Optional<LayerIndex> index(DiffId layer) throws IOException {
        LayerIndex open = indexes.get(layer);
        if (open != null) {
            return Optional.of(open);
        }
        synchronized (indexes) {
            if (indexes.containsKey(layer)) {
                return Optional.ofNullable(indexes.get(layer));
            }
            if (!has(layer) && !reindexed(layer)) {
                return Optional.empty();
            }
            LayerIndex opened = openIndex(layer);
            indexes.put(layer, opened);
            return Optional.of(opened);
        }
    }

    /** Makes a lost index anew; only a plain blob says by its name what layer it is. */
    private boolean reindexed(DiffId layer) throws IOException {
        if (!contains(layer.digest())) {
            return false;
        }
        try (InputStream plain = open(layer.digest())) {
            intake.index(layer, plain);
        }
        return true;
    }

    private LayerIndex openIndex(DiffId layer) throws IOException {
        Path file = folders.layerIndex(layer);
        try {
            return LayerIndex.open(file);
        } catch (IOException e) { // of an older version, or cut short
            Files.deleteIfExists(file);
            Path plain = plainTar(layer);
            try (InputStream in = Files.newInputStream(plain)) {
                intake.index(layer, in);
            }
            return LayerIndex.open(file);
        }
    }

    /** The uncompressed tar of a layer, positioned reads; made once from a compressed blob when needed. The caller closes it. */
    public FileChannel tar(DiffId layer) throws IOException {
        return FileChannel.open(plainTar(layer), StandardOpenOption.READ);
    }

    /** The whole of {@link #tar}; reading the last of it fails with {@link org.jbuildah.engine.api.StoreBroken} if it is damaged. */
    public InputStream wholeTar(DiffId layer) throws IOException {
        return new StoredBytes(plainTar(layer), layer.digest());
    }

    /** The file behind {@link #tar}; only to be read. */
    public Path plainTar(DiffId layer) throws IOException {
        Path own = folders.blob(layer.digest());
        Path derived = folders.derived(layer);
        if (Files.exists(own)) {
            return own;
        }
        if (!Files.exists(derived)) {
            derive(layer, derived);
        }
        return derived;
    }

    private void derive(DiffId layer, Path derived) throws IOException {
        Descriptor compressed = forms.of(layer).stream()
                .filter(form -> contains(form.digest()))
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException(
                        folders.blob(layer.digest()).toString(), null, "the layer is not in the store"));
        StoreLock lock = lock("derive-" + layer.digest().hex().substring(0, 2));
        try (lock) {
            if (Files.exists(derived)) {
                return;
            }
            if (!Files.isDirectory(folders.derived())) {
                Files.createDirectories(folders.derived());
            }
            try (InputStream blob = open(compressed.digest());
                    TemporaryFile copy = temporary.file()) {
                InputStream tar = LayerBytes.of(blob).tar();
                MessageDigest sha256 = Digest.sha256();
                new DigestInputStream(tar, sha256).transferTo(copy);
                Digest found = Digest.finish(sha256);
                if (!found.equals(layer.digest())) {
                    throw StoreTrouble.corrupt(
                            folders.blob(compressed.digest()),
                            compressed.digest(),
                            "its layer has the diffID " + found);
                }
                copy.publish(derived, true);
            }
        }
    }

    /** The blobs that the store has or knows of a layer, as stored or as pushed before; plain tar first, if it is there. */
    public List<Descriptor> descriptors(DiffId layer) throws IOException {
        return forms.of(layer);
    }

    /** Remembers that a blob is a (compressed) form of a layer, so that a push compresses once. */
    public void remember(DiffId layer, Descriptor blob) throws IOException {
        forms.add(layer, blob);
    }

    // ---- records, small and droppable

    /** A record by its kind ({@code step}, {@code source}) and key. */
    public Optional<byte[]> record(String kind, String key) throws IOException {
        return records.find(kind, key);
    }

    /** The keys of all records of a kind, sorted; of those that are no file names, the digests. */
    public List<String> recordKeys(String kind) throws IOException {
        return records.keys(kind);
    }

    public void record(String kind, String key, byte[] value) throws IOException {
        records.put(kind, key, value);
    }

    /** Remembers content digests of source files in this store. */
    public DigestMemo digestMemo() {
        return memo;
    }

    // ---- names

    public Tags tags() {
        return tags;
    }

    /** A fresh directory under {@code tmp/}, removed when the store is closed, or by whoever comes later. */
    public Path scratch() throws IOException {
        return Files.createDirectory(temporary.name("s"));
    }

    /** Forgets an index handle whose file is about to go. */
    void forget(DiffId layer) throws IOException {
        LayerIndex open = indexes.remove(layer);
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        for (LayerIndex index : indexes.values()) {
            try {
                index.close();
            } catch (IOException e) {
                // read only: nothing is lost
            }
        }
        indexes.clear();
        memo.flush();
        temporary.close();
        use.close();
    }
}
