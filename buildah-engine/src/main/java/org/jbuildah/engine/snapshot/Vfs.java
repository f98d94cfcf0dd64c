package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.oci.DiffId;

/**
 * Snapshots by copying, for hosts without any overlay: each stack is a whole tree, a snapshot is a copy of one, and a change is what
 * differs from the listing taken before. Cheap where the file system shares blocks (xfs, btrfs), else as dear as the image is large.
 *
 * <p>Hard links of the layers below are separate files in a snapshot, so that a change to one name is a change to that name only, as on an
 * overlay. Link counts are not those of the image therefore.
 */
public final class Vfs implements SnapshotStore {
    private final ContentStore content;
    private final Linux linux;
    private final IdMap ids;
    private final OverlayXattrs xattrs;
    private final RootfsFolder folder;
    private final TreeCopy.Means means = new TreeCopy.Means();

    private Vfs(ContentStore content, Linux linux, IdMap ids, OverlayXattrs xattrs, RootfsFolder folder) {
        this.content = content;
        this.linux = linux;
        this.ids = ids;
        this.xattrs = xattrs;
        this.folder = folder;
    }

    /**
     * Opens the trees of a store.
     *
     * @param ids the worker's own map
     * @param xattrs {@link OverlayXattrs#USER} in a user namespace
     */
    public static Vfs open(ContentStore content, Linux linux, IdMap ids, OverlayXattrs xattrs) throws IOException {
        return new Vfs(content, linux, ids, xattrs, RootfsFolder.open(linux, content.root(), "vfs", ids, xattrs));
    }

    @Override
    public Snapshot prepare(List<DiffId> layers) throws IOException {
        LayerStack stack = new LayerStack(content, layers);
        UnpackedLayers trees = folder.layers();
        Optional<String> below = layers.isEmpty() ? Optional.empty() : Optional.of(tree(stack));
        UnpackedLayers.Slot slot = trees.allocate();
        try {
            if (below.isPresent()) {
                copy(below.get(), slot);
            } else {
                RootMetadata.apply(linux, ids, trees.layersFd(), slot.ordinal(), stack);
            }
            return new VfsSnapshot(linux, ids, xattrs, trees, stack, slot);
        } catch (IOException e) {
            trees.discardOrLeave(slot);
            throw e;
        }
    }

    private void copy(String from, UnpackedLayers.Slot to) throws IOException {
        int directory = folder.layers().layersFd();
        new TreeCopy(linux, means).copy(directory, Names.utf8(from), directory, Names.utf8(to.ordinal()));
    }

    /** The ordinal of a stack's tree, made now over the highest part of the stack that is there. */
    private String tree(LayerStack stack) throws IOException {
        List<DiffId> layers = stack.layers();
        return folder.once(LayerKey.ofChain(layers), slot -> {
            int present = layers.size() - 1;
            Optional<String> part = Optional.empty();
            while (present > 0 && part.isEmpty()) {
                part = folder.layers().find(LayerKey.ofChain(layers.subList(0, present)));
                present -= part.isPresent() ? 0 : 1;
            }
            if (part.isPresent()) {
                copy(part.get(), slot);
            } else {
                LayerStack nothing = new LayerStack(content, List.of());
                RootMetadata.apply(linux, ids, folder.layers().layersFd(), slot.ordinal(), nothing);
            }
            unpack(stack, present, slot);
        });
    }

    private void unpack(LayerStack stack, int start, UnpackedLayers.Slot slot) throws IOException {
        int root = linux.openat(
                folder.layers().layersFd(), Names.utf8(slot.ordinal()), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            for (DiffId layer : stack.layers().subList(start, stack.layers().size())) {
                try (StackUnpacker unpacker = new StackUnpacker(linux, ids, root)) {
                    stack.read(layer, unpacker::unpack);
                }
            }
        } finally {
            linux.close(root);
        }
    }

    @Override
    public boolean prune() throws IOException {
        return folder.prune();
    }

    @Override
    public void close() {
        folder.close();
    }
}
