package org.jbuildah.engine.tree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.oci.DiffId;

/** What a tree needs of the store. */
interface LayerAccess {
    /** The layer's index, which stays open. */
    LayerIndex index(DiffId layer) throws IOException;

    /** The layer's uncompressed tar; the caller closes it. */
    FileChannel tar(DiffId layer) throws IOException;

    static LayerAccess of(ContentStore store) {
        return new LayerAccess() {
            @Override
            public LayerIndex index(DiffId layer) throws IOException {
                return store.index(layer)
                        .orElseThrow(
                                () -> new IOException("The store " + store.root() + " lacks the layer " + layer + "."));
            }

            @Override
            public FileChannel tar(DiffId layer) throws IOException {
                return store.tar(layer);
            }
        };
    }
}
