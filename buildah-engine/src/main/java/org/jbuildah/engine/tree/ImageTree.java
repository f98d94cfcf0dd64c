package org.jbuildah.engine.tree;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.DiffId;

/**
 * The files of a stack of layers, whiteouts applied, merged lazily from the layers' indexes; no file is unpacked.
 *
 * <p>Law: its listing equals what a mounted snapshot of the same stack shows.
 */
public final class ImageTree implements SourceTree {
    /** @param layers lowest first, all of them in the store; may be empty */
    public static ImageTree of(ContentStore store, List<DiffId> layers) {
        throw new IllegalStateException("contract only");
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        throw new IllegalStateException("contract only");
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        throw new IllegalStateException("contract only");
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        throw new IllegalStateException("contract only");
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /**
     * Follows symlinks in {@code path}, the last component included, never leaving the root ({@code ..} at the root stays there).
     * Components that do not exist are kept as they are.
     *
     * @param path as in the image, absolute or relative to its root; may hold {@code ..}
     * @return the name that the path stands for, whether or not something is there
     * @throws IOException after 255 symlinks, as for a loop
     */
    public EntryName resolve(String path) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The image's users and groups, from its {@code /etc/passwd} and {@code /etc/group}. */
    public Users users() throws IOException {
        throw new IllegalStateException("contract only");
    }
}
