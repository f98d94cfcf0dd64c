package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;

/**
 * What selected sources add up to, for the key of a step.
 *
 * <p>Law: two digests are equal iff a copy of the sources would be equal in places, types, modes, owners, link targets, extended attributes, hard links and
 * contents. Times count only where the tree says so, as in BuildKit's cache: a fresh checkout of the same files is the same.
 */
public final class ContentDigest {
    private static final int SMALLEST_BUFFER_IN_BYTES = 4 * 1024;
    private static final int LARGEST_BUFFER_IN_BYTES = 256 * 1024;

    private final DigestMemo memo;

    public ContentDigest(DigestMemo memo) {
        this.memo = memo;
    }

    /**
     * Digests sources and everything below them.
     *
     * @param asCopied what becomes of an entry on its way: another owner, another mode
     */
    public Digest of(List<SourceSelection.Selected> sources, UnaryOperator<LayerEntry> asCopied) throws IOException {
        Walk walk = new Walk(asCopied);
        for (SourceSelection.Selected source : sources) {
            for (LayerEntry parent : source.parents()) {
                walk.field(parent.name().bytes());
                walk.metadata(asCopied.apply(parent));
            }
            walk.entry(source.tree(), source.name(), source.entry(), source.place());
            walk.field(source.byWildcard() ? "wildcard" : "named");
        }
        return Digest.finish(walk.sum);
    }

    /** The digest of a regular file's bytes. */
    public Digest ofFile(SourceTree tree, EntryName file) throws IOException {
        Optional<Digest> told = tree.contentDigest(file);
        if (told.isPresent()) {
            return told.get();
        }
        Optional<String> before = tree.fingerprint(file);
        Optional<Digest> known = before.flatMap(memo::recall);
        if (known.isPresent()) {
            return known.get();
        }
        Digest digest = read(tree, file);
        // one that changed under our eyes is not remembered
        if (before.isPresent() && before.equals(tree.fingerprint(file))) {
            memo.remember(before.get(), digest);
        }
        return digest;
    }

    private static Digest read(SourceTree tree, EntryName file) throws IOException {
        MessageDigest sum = Digest.sha256();
        long size = tree.lookup(file).map(LayerEntry::size).orElse(0L);
        byte[] buffer = new byte[(int) Math.max(SMALLEST_BUFFER_IN_BYTES, Math.min(LARGEST_BUFFER_IN_BYTES, size + 1))];
        try (InputStream content = tree.open(file)) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                sum.update(buffer, 0, length);
            }
        }
        return Digest.finish(sum);
    }

    private final class Walk {
        private final UnaryOperator<LayerEntry> asCopied;
        private final MessageDigest sum = Digest.sha256();
        private final Map<Object, EntryName> hardLinks = new HashMap<>();

        Walk(UnaryOperator<LayerEntry> asCopied) {
            this.asCopied = asCopied;
        }

        void entry(SourceTree tree, EntryName name, LayerEntry entry, EntryName place) throws IOException {
            field(place.bytes());
            metadata(asCopied.apply(entry));
            if (tree.timesCount()) {
                field(entry.mtime().toString());
            }
            if (entry.isFile()) {
                content(tree, name, place);
            } else if (entry.isDirectory()) {
                for (EntryName child : tree.children(name)) {
                    Optional<LayerEntry> below = tree.lookup(child);
                    if (below.isPresent()) {
                        entry(tree, child, below.get(), place.resolve(child.relativeTo(name)));
                    }
                }
                field("end");
            }
        }

        private void content(SourceTree tree, EntryName name, EntryName place) throws IOException {
            Optional<Object> identity = tree.hardLinkIdentity(name);
            EntryName first = identity.isEmpty() ? null : hardLinks.putIfAbsent(identity.get(), place);
            if (first == null) {
                field(ofFile(tree, name).toString());
            } else {
                field("link");
                field(first.bytes());
            }
        }

        void metadata(LayerEntry entry) {
            EntryType type = entry.type() == EntryType.HARD_LINK ? EntryType.FILE : entry.type();
            field(type.name());
            sum.update(ByteBuffer.allocate(4 + 8 + 8 + 4 + 4)
                    .putInt(entry.mode())
                    .putLong(entry.uid())
                    .putLong(entry.gid())
                    .putInt(entry.deviceMajor())
                    .putInt(entry.deviceMinor())
                    .flip());
            field(entry.linkTarget());
            sum.update(ByteBuffer.allocate(4).putInt(entry.xattrs().size()).flip());
            entry.xattrs().forEach((key, value) -> {
                field(key);
                field(value);
            });
        }

        void field(String text) {
            field(text.getBytes(StandardCharsets.UTF_8));
        }

        /** With its length before it, so that no two lists of fields give the same bytes. */
        void field(byte[] bytes) {
            sum.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            sum.update(bytes);
        }
    }
}
