package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.oci.DiffId;

/**
 * What the content store knows of a stack of layers.
 *
 * @param layers lowest first
 */
record LayerStack(ContentStore content, List<DiffId> layers) {
    LayerStack {
        layers = List.copyOf(layers);
    }

    LayerIndex index(DiffId layer) throws IOException {
        return content.index(layer)
                .orElseThrow(() -> new IOException("layer " + layer + " is not in the store " + content.root()));
    }

    /** True when a layer means something only over the ones below it. */
    boolean dependent(DiffId layer) throws IOException {
        LayerIndex index = index(layer);
        return index.hasImplicitParents() || index.hasForeignHardLinks();
    }

    /** What is done with a layer's entries. */
    interface Unpacking {
        void unpack(LayerReader reader) throws IOException;
    }

    /**
     * Reads a layer from its first to its last byte.
     *
     * @throws org.jbuildah.engine.api.StoreBroken if they are no longer those of its digest
     */
    void read(DiffId layer, Unpacking unpacking) throws IOException {
        try (InputStream tar = content.wholeTar(layer);
                LayerReader reader = new LayerReader(tar)) {
            try {
                unpacking.unpack(reader);
            } finally {
                tar.transferTo(
                        OutputStream
                                .nullOutputStream()); // damage explains whatever went wrong, and counts where nothing
                // did
            }
        }
    }

    /** What the topmost layer that speaks of the root directory says of it. */
    Optional<LayerEntry> rootDirectory() throws IOException {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Optional<LayerIndex.Indexed> root = index(layers.get(i)).find(EntryName.ROOT);
            if (root.isPresent() && root.get().entry().isDirectory()) {
                return root.map(LayerIndex.Indexed::entry);
            }
        }
        return Optional.empty();
    }

    /** The entry that a name shows, symlinks not followed; empty where the stack has no such file. */
    Optional<LayerEntry> find(EntryName name) throws IOException {
        for (int i = layers.size() - 1; i >= 0; i--) {
            LayerIndex index = index(layers.get(i));
            Optional<LayerIndex.Indexed> found = index.find(name);
            if (found.isPresent()) {
                return found.map(LayerIndex.Indexed::entry);
            }
            if (hides(index, name)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** True when a layer removes a name, or a directory above it, or makes something else of that directory. */
    private static boolean hides(LayerIndex index, EntryName name) throws IOException {
        for (EntryName at = name; !at.isRoot(); at = at.parent()) {
            if (Whiteout.isMarker(at)
                    || index.find(Whiteout.markerFor(at)).isPresent()
                    || index.find(Whiteout.opaqueMarkerIn(at.parent())).isPresent()) {
                return true;
            }
            Optional<LayerIndex.Indexed> above = index.find(at.parent());
            if (above.isPresent() && !above.get().entry().isDirectory()) {
                return true;
            }
        }
        return false;
    }
}
