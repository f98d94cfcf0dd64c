package org.jbuildah.engine.layer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The entries of one layer, sorted by name bytes, in a file that is searched in place. Whiteout markers are entries like others. Of
 * several entries with one name the last counts.
 *
 * <p>Laws: an index is immutable and may be read from several threads; its memory is the file's pages, not the heap. It does not judge:
 * which entries of a foreign layer may be in it is {@link Admission}'s word.
 */
public final class LayerIndex implements AutoCloseable {
    /** Below this a copy is cheaper than a mapping. */
    private static final long SMALL = 64 * 1024;

    private final Path file;
    private final ByteBuffer bytes;
    private final int flags;
    private final int count;
    private final int implicitAt;
    private final int tableAt;

    private LayerIndex(Path file, ByteBuffer bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        if (bytes.limit() < IndexFile.HEADER || bytes.getLong(0) != IndexFile.MAGIC) {
            throw new IOException(file + " is no layer index.");
        }
        if (bytes.getInt(8) != IndexFile.VERSION) {
            throw new IOException("The layer index " + file + " is of version " + bytes.getInt(8)
                    + "; this program reads version " + IndexFile.VERSION + ".");
        }
        this.flags = bytes.getInt(IndexFile.FLAGS);
        this.count = bytes.getInt(16);
        this.implicitAt = bytes.getInt(20);
        this.tableAt = bytes.getInt(24);
        if (count < 0
                || implicitAt < IndexFile.HEADER
                || tableAt < implicitAt
                || tableAt + 4L * count != bytes.limit()) {
            throw broken();
        }
    }

    /** @throws IOException if the file is no index, is of another version, or is cut short */
    public static LayerIndex open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new IOException(file + " is no layer index: it has " + size + " bytes.");
            }
            return new LayerIndex(
                    file,
                    size <= SMALL
                            ? ByteBuffer.wrap(Files.readAllBytes(file))
                            : channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        }
    }

    /** An entry and where its content lies: {@code contentOffset} in the uncompressed tar, -1 for none or sparse. */
    public record Indexed(LayerEntry entry, long contentOffset) {}

    public long size() {
        return count;
    }

    public Optional<Indexed> find(EntryName name) throws IOException {
        return whole(() -> {
            int place = lowerBound(name.rawBytes(), 0);
            return place < count && compare(place, name.rawBytes()) == 0
                    ? Optional.of(IndexRecord.decode(bytes, record(place)))
                    : Optional.empty();
        });
    }

    /** What this layer itself holds directly inside a directory, sorted. */
    public List<Indexed> children(EntryName directory) throws IOException {
        return whole(() -> {
            List<Indexed> children = new ArrayList<>();
            walkInside(directory, place -> children.add(IndexRecord.decode(bytes, record(place))), implied -> {});
            return children;
        });
    }

    /** The names directly inside a directory, sorted: of entries, and of directories that only their contents imply. */
    public List<EntryName> childNames(EntryName directory) throws IOException {
        return whole(() -> {
            Set<EntryName> names = new HashSet<>();
            walkInside(directory, place -> names.add(name(place)), names::add);
            List<EntryName> sorted = new ArrayList<>(names);
            sorted.sort(null);
            return sorted;
        });
    }

    /** True when the layer has an entry somewhere inside of a directory, whether or not it has one for the directory. */
    public boolean hasInside(EntryName directory) throws IOException {
        return whole(() -> {
            byte[] prefix = inside(directory.rawBytes(), '/');
            int place = lowerBound(prefix, 0);
            return place < count && startsWith(name(place).rawBytes(), prefix);
        });
    }

    /** Every entry, sorted by name bytes. */
    public void forEach(Consumer<Indexed> reader) throws IOException {
        whole(() -> {
            for (int place = 0; place < count; place++) {
                reader.accept(IndexRecord.decode(bytes, record(place)));
            }
            return count;
        });
    }

    /** True when the layer has entries whose parent directories it does not have. */
    public boolean hasImplicitParents() {
        return (flags & IndexFile.IMPLICIT_PARENTS) != 0;
    }

    /** The directories that entries lie in and that are no directory entries of the layer; parents before what they hold. */
    public List<EntryName> implicitDirectories() throws IOException {
        return whole(() -> {
            List<EntryName> names = new ArrayList<>();
            IndexRecord.Cursor cursor = new IndexRecord.Cursor(bytes, implicitAt);
            while (cursor.at() < tableAt) {
                names.add(EntryName.ofOwn(cursor.block()));
            }
            return names;
        });
    }

    /** True when the layer removes something of the layers below, or may: it has a marker of either kind. */
    public boolean hasWhiteouts() {
        return (flags & IndexFile.WHITEOUTS) != 0;
    }

    /** True when a hard link of the layer points at a file that the layer itself does not have. */
    public boolean hasForeignHardLinks() {
        return (flags & IndexFile.FOREIGN_HARD_LINKS) != 0;
    }

    /** The names that hard links of this layer point at. */
    public Set<EntryName> hardLinkTargets() throws IOException {
        Set<EntryName> targets = new HashSet<>();
        anyHardLink(target -> {
            targets.add(target);
            return false;
        });
        return targets;
    }

    boolean hasUnresolvedHardLink() throws IOException {
        return anyHardLink(target -> {
            int place = lowerBound(target.rawBytes(), 0);
            return place == count
                    || compare(place, target.rawBytes()) != 0
                    || IndexRecord.type(bytes, record(place)) == EntryType.DIRECTORY;
        });
    }

    private boolean anyHardLink(Predicate<EntryName> test) throws IOException {
        return whole(() -> {
            boolean found = false;
            for (int place = 0; place < count && (flags & IndexFile.HARD_LINKS) != 0 && !found; place++) {
                if (IndexRecord.type(bytes, record(place)) == EntryType.HARD_LINK) {
                    LayerEntry link = IndexRecord.decode(bytes, record(place)).entry();
                    found = test.test(EntryName.ofOwn(link.linkTarget()));
                }
            }
            return found;
        });
    }

    /** The mapping goes when nothing refers to it any more: the platform has no safe way to end it by hand. */
    @Override
    public void close() throws IOException {}

    /** Passes over the subtrees of the directory's children instead of walking them. */
    private void walkInside(EntryName directory, IntConsumer entry, Consumer<EntryName> implied) {
        byte[] prefix = directory.isRoot() ? new byte[0] : inside(directory.rawBytes(), '/');
        int place = lowerBound(prefix, 0);
        while (place < count) {
            byte[] name = name(place).rawBytes();
            if (!startsWith(name, prefix)) {
                return;
            }
            int slash = prefix.length;
            while (slash < name.length && name[slash] != '/') {
                slash++;
            }
            if (slash < name.length) {
                byte[] child = Arrays.copyOf(name, slash);
                implied.accept(EntryName.ofOwn(child));
                place = lowerBound(inside(child, '/' + 1), place);
            } else {
                if (name.length > 0) { // the root is not inside of itself
                    entry.accept(place);
                }
                place++;
            }
        }
    }

    private static byte[] inside(byte[] directory, int separator) {
        if (directory.length == 0) {
            return directory;
        }
        byte[] prefix = Arrays.copyOf(directory, directory.length + 1);
        prefix[directory.length] = (byte) separator;
        return prefix;
    }

    /** The first place whose name is not below {@code name}, near {@code from} first: most steps are short. */
    private int lowerBound(byte[] name, int from) {
        int step = from == 0 ? count : 1;
        int low = from;
        int high = from;
        while (high < count && compare(high, name) < 0) {
            low = high + 1;
            high = (int) Math.min(count, (long) high + step);
            step = Math.min(2 * step, 1 << 29);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(int place, byte[] name) {
        IndexRecord.Cursor cursor = new IndexRecord.Cursor(bytes, record(place));
        int length = (int) cursor.number();
        int at = cursor.at();
        int shared = Math.min(length, name.length);
        for (int i = 0; i < shared; i++) {
            int difference = (bytes.get(at + i) & 0xff) - (name[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return length - name.length;
    }

    private int record(int place) {
        return bytes.getInt(tableAt + 4 * place);
    }

    private EntryName name(int place) {
        return IndexRecord.name(bytes, record(place));
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    private interface Read<T> {
        T read();
    }

    /** A file that does not keep its format was damaged on disk: that is a failure to be told, not a fault of this program. */
    private <T> T whole(Read<T> read) throws IOException {
        try {
            return read.read();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | NegativeArraySizeException damaged) {
            throw broken();
        }
    }

    private IOException broken() {
        return new IOException("The layer index " + file + " is damaged; delete it, and it is made again.");
    }

    /** Collects entries in any order and in bounded memory, then writes the index file. */
    public static final class Builder implements AutoCloseable {
        private final Path scratch;
        private final IndexRuns runs;

        /** @param scratch a directory for temporary files, made when there are any */
        public Builder(Path scratch) {
            this.scratch = scratch;
            this.runs = new IndexRuns(scratch);
        }

        public void add(LayerEntry entry, long contentOffset) throws IOException {
            runs.add(entry, contentOffset);
        }

        /** Writes the index; the file appears whole or not at all only if the caller renames it. */
        public void writeTo(Path file) throws IOException {
            try (IndexFile index = new IndexFile(file, scratch)) {
                runs.forEachSorted(index::add);
                index.finish();
            }
        }

        @Override
        public void close() throws IOException {
            runs.close();
        }
    }
}
