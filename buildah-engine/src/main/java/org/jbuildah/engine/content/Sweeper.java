package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;

/**
 * Removes what a store no longer needs, and finds what is wrong with it.
 *
 * <p>What roots what: a tag roots its manifest, that roots config and layers, and the compressed forms of those layers; a step record
 * roots the layers that it names. {@link #prune} keeps all that is rooted so. {@link #pruneAll} drops all records first, so that only
 * tagged images remain.
 */
public final class Sweeper {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    private final ContentStore store;
    private final StoreFolders folders;
    private final TemporaryFolder temporary;
    private final Use use;

    Sweeper(ContentStore store, StoreFolders folders, TemporaryFolder temporary, Use use) {
        this.store = store;
        this.folders = folders;
        this.temporary = temporary;
        this.use = use;
    }

    /** What a sweep did. */
    public record Swept(int files, long sizeInBytes) {
        Swept plus(Path file) throws IOException {
            return new Swept(files + 1, sizeInBytes + Files.size(file));
        }
    }

    /**
     * Removes untagged images, layers of no use, step records whose layer is gone, what failed RUNs left, and all plain tars of
     * compressed layers.
     *
     * @throws StoreBroken if somebody else uses the store: what he has just written has no root yet
     */
    public Swept prune() throws IOException {
        return alone(() -> {
            TemporaryFolder.delete(folders.records("failed"));
            return sweep(roots(true));
        });
    }

    /** As {@link #prune}, and the build cache: all step records, content digests, and layers that only they name. */
    public Swept pruneAll() throws IOException {
        return alone(() -> {
            TemporaryFolder.delete(folders.records("step"));
            TemporaryFolder.delete(folders.records("source"));
            TemporaryFolder.delete(folders.records("download"));
            TemporaryFolder.delete(folders.records("failed"));
            return sweep(roots(false));
        });
    }

    private interface Sweep {
        Swept run() throws IOException;
    }

    private Swept alone(Sweep sweep) throws IOException {
        Optional<AutoCloseable> alone = use.alone(folders);
        if (alone.isEmpty()) {
            throw new StoreBroken(
                    FailureCode.STORE_BUSY,
                    "The store " + folders.root() + " is in use by another build.",
                    "Run prune again when it has finished.");
        }
        AutoCloseable all = alone.get();
        try (all) {
            temporary.sweep();
            return sweep.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("unlocking " + folders.locks(), e);
        }
    }

    private Set<Digest> roots(boolean records) throws IOException {
        Set<Digest> roots = new HashSet<>();
        for (Descriptor manifest : store.tags().everything()) {
            new ImageWalk(store, roots, problem -> {}).walk(manifest);
        }
        if (records) {
            for (Path record : files(folders.records("step"))) {
                Set<Digest> named = digestsIn(record);
                boolean alive = named.stream().anyMatch(digest -> hasLayer(new DiffId(digest)));
                if (alive) {
                    roots.addAll(named);
                } else {
                    Files.deleteIfExists(record);
                }
            }
        }
        for (Digest root : List.copyOf(roots)) {
            store.descriptors(new DiffId(root)).forEach(form -> roots.add(form.digest()));
        }
        return roots;
    }

    private boolean hasLayer(DiffId layer) {
        try {
            return store.has(layer);
        } catch (IOException e) {
            return true; // unreadable is not gone
        }
    }

    private static Set<Digest> digestsIn(Path record) throws IOException {
        Set<Digest> named = new HashSet<>();
        Optional<byte[]> value = Records.read(record);
        if (value.isPresent()) {
            Matcher matcher = DIGEST.matcher(new String(value.get(), StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                named.add(Digest.parse(matcher.group()));
            }
        }
        return named;
    }

    private Swept sweep(Set<Digest> roots) throws IOException {
        Swept swept = new Swept(0, 0);
        for (Path blob : files(folders.blobs())) {
            if (!isRooted(blob, roots)) {
                swept = remove(blob, swept);
            }
        }
        for (Path derived : files(folders.derived())) {
            swept = remove(derived, swept);
        }
        for (Path known : files(folders.layers())) {
            String name = known.getFileName().toString();
            DiffId layer = new DiffId(new Digest("sha256", name.substring(0, name.indexOf('.'))));
            boolean stored = store.descriptors(layer).stream().anyMatch(form -> store.contains(form.digest()));
            if (!stored) {
                store.forget(layer);
                swept = remove(known, swept);
            }
        }
        return swept;
    }

    private boolean isRooted(Path blob, Set<Digest> roots) {
        try {
            return roots.contains(digestOf(blob));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Swept remove(Path file, Swept before) throws IOException {
        try {
            Swept after = before.plus(file);
            Files.delete(file);
            return after;
        } catch (IOException e) {
            throw StoreTrouble.writing(file, e);
        }
    }

    /** @throws IllegalArgumentException if somebody put a file there that is no blob */
    private Digest digestOf(Path blob) {
        return Digest.parse(folders.blobs()
                .relativize(blob)
                .toString()
                .replace(blob.getFileSystem().getSeparator(), ":"));
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (Files.isDirectory(entry)) {
                        files.addAll(files(entry));
                    } else {
                        files.add(entry);
                    }
                }
            }
        }
        files.sort(null);
        return files;
    }

    /** Reads the whole store and reports what is wrong with it; changes nothing. */
    public List<Finding> fsck() throws IOException {
        List<Finding> findings = new ArrayList<>();
        Map<Digest, Set<String>> users = users(findings);
        for (Path blob : files(folders.blobs())) {
            checkBlob(blob, users, findings);
        }
        for (Path derived : files(folders.derived())) {
            checkDigest(derived, new Digest("sha256", derived.getFileName().toString()), List.of(), findings);
        }
        for (Path index : files(folders.layers())) {
            checkIndex(index, findings);
        }
        for (String kind : List.of("step", "source", "failed")) {
            for (Path record : files(folders.records(kind))) {
                if (Records.read(record).isEmpty()) {
                    findings.add(new Finding(record, "a " + kind + " record is not whole", List.of()));
                }
            }
        }
        return findings;
    }

    /** Which tags need which blob; what is missing becomes a finding. */
    private Map<Digest, Set<String>> users(List<Finding> findings) throws IOException {
        Map<Digest, Set<String>> users = new HashMap<>();
        for (Map.Entry<String, Descriptor> tag : store.tags().all().entrySet()) {
            Set<Digest> reached = new HashSet<>();
            List<String> image = List.of(tag.getKey());
            ImageWalk walk = new ImageWalk(
                    store,
                    reached,
                    problem -> findings.add(new Finding(folders.blob(problem.blob()), problem.what(), image)));
            walk.walk(tag.getValue());
            reached.forEach(digest ->
                    users.computeIfAbsent(digest, unused -> new TreeSet<>()).add(tag.getKey()));
        }
        return users;
    }

    private void checkBlob(Path blob, Map<Digest, Set<String>> users, List<Finding> findings) throws IOException {
        try {
            Digest digest = digestOf(blob);
            checkDigest(blob, digest, List.copyOf(users.getOrDefault(digest, Set.of())), findings);
        } catch (IllegalArgumentException e) {
            findings.add(new Finding(blob, "the name of a blob is no digest", List.of()));
        }
    }

    private static void checkDigest(Path file, Digest expected, List<String> images, List<Finding> findings)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Descriptor promised = new Descriptor("", expected, Files.size(file));
            new VerifiedInput(in, promised, OutputStream.nullOutputStream()).finish();
        } catch (IOException e) {
            findings.add(new Finding(file, String.valueOf(e.getMessage()), images));
        }
    }

    private void checkIndex(Path file, List<Finding> findings) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".index")) {
            return;
        }
        try (LayerIndex index = LayerIndex.open(file)) {
            long unused = index.size();
        } catch (IOException | RuntimeException e) {
            findings.add(new Finding(file, "a layer's index cannot be read: " + e.getMessage(), List.of()));
            return;
        }
        DiffId layer = new DiffId(new Digest("sha256", name.substring(0, name.indexOf('.'))));
        if (store.descriptors(layer).stream().noneMatch(form -> store.contains(form.digest()))) {
            findings.add(new Finding(file, "the layer " + layer + " has an index, and no blob", List.of()));
        }
    }
}
