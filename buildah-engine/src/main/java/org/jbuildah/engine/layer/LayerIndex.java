package org.jbuildah.engine.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The entries of one layer, sorted by name bytes, in a file that is searched in place. Whiteout markers are entries like others. Of
 * several entries with one name the last counts.
 */
public final class LayerIndex implements AutoCloseable {
    public static LayerIndex open(Path file) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** An entry and where its content lies: {@code contentOffset} in the uncompressed tar, -1 for none or sparse. */
    public record Indexed(LayerEntry entry, long contentOffset) {}

    public long size() {
        throw new IllegalStateException("contract only");
    }

    public Optional<Indexed> find(EntryName name) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** What this layer itself holds directly inside a directory, sorted. */
    public List<Indexed> children(EntryName directory) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** True when the layer has entries whose parent directories it does not have. */
    public boolean hasImplicitParents() {
        throw new IllegalStateException("contract only");
    }

    /** True when a hard link of the layer points at a file that the layer itself does not have. */
    public boolean hasForeignHardLinks() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public void close() throws IOException {}

    /** Collects entries in any order and in bounded memory, then writes the index file. */
    public static final class Builder implements AutoCloseable {
        /** @param scratch a directory for temporary runs */
        public Builder(Path scratch) {
            throw new IllegalStateException("contract only");
        }

        public void add(LayerEntry entry, long contentOffset) throws IOException {
            throw new IllegalStateException("contract only");
        }

        /** Writes the index; the file appears whole or not at all only if the caller renames it. */
        public void writeTo(Path file) throws IOException {
            throw new IllegalStateException("contract only");
        }

        @Override
        public void close() throws IOException {}
    }
}
