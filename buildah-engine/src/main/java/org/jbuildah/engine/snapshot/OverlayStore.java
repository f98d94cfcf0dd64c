package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.oci.DiffId;

/**
 * Snapshots by an overlay file system: each layer is unpacked once, a stack is a mount, a change is an upper directory, and a committed
 * upper directory is from then on the unpacked form of its layer. Who mounts, and how removals are kept on disk, is up to the two kinds.
 */
abstract sealed class OverlayStore implements SnapshotStore permits KernelOverlay, FuseOverlay {
    private static final LayerKey EMPTY = new LayerKey("empty");

    final Linux linux;
    final IdMap ids;
    final RootfsFolder folder;
    private final ContentStore content;

    OverlayStore(ContentStore content, Linux linux, IdMap ids, RootfsFolder folder) {
        this.content = content;
        this.linux = linux;
        this.ids = ids;
        this.folder = folder;
    }

    abstract OverlayRecords records();

    /** @param lowers ordinals, topmost first, at least one */
    abstract OverlayMount overlay(List<String> lowers, UnpackedLayers.Slot slot);

    /** @param root an empty directory, which is to become a lower */
    abstract LayerUnpacker unpacker(int root);

    @Override
    public final Snapshot prepare(List<DiffId> layers) throws IOException {
        LayerStack stack = new LayerStack(content, layers);
        List<String> lowers = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String ordinal = unpacked(stack, i, lowers);
            // overlayfs refuses a directory twice; the topmost of two equal layers hides all that the other one does
            lowers.remove(ordinal);
            lowers.add(0, ordinal);
        }
        if (lowers.isEmpty()) {
            lowers.add(folder.once(EMPTY, slot -> {}));
        }
        UnpackedLayers.Slot slot = folder.layers().allocate();
        try {
            RootMetadata.apply(linux, ids, folder.layers().layersFd(), slot.ordinal(), stack);
            return new OverlaySnapshot(linux, ids, records(), folder.layers(), stack, overlay(lowers, slot));
        } catch (IOException e) {
            folder.layers().discardOrLeave(slot);
            throw e;
        }
    }

    /** The ordinal of a layer of the stack, unpacked now if nobody did before. */
    private String unpacked(LayerStack stack, int position, List<String> lowers) throws IOException {
        DiffId layer = stack.layers().get(position);
        Optional<String> alone = folder.layers().find(LayerKey.of(layer));
        if (alone.isPresent()) {
            return alone.get();
        }
        boolean dependent = stack.dependent(layer);
        LayerKey key = dependent ? LayerKey.ofChain(stack.layers().subList(0, position + 1)) : LayerKey.of(layer);
        return folder.once(key, slot -> {
            if (dependent && position > 0) {
                unpackOver(stack, position, lowers, slot);
            } else {
                unpackAlone(stack, layer, slot);
            }
        });
    }

    private void unpackAlone(LayerStack stack, DiffId layer, UnpackedLayers.Slot slot) throws IOException {
        int root = open(folder.layers().layersFd(), slot.ordinal());
        try (LayerUnpacker unpacker = unpacker(root)) {
            stack.read(layer, unpacker::unpack);
        } finally {
            linux.close(root);
        }
    }

    /** Into a mount over the layers below, on a thread whose namespace takes the mount away with it. */
    private void unpackOver(LayerStack stack, int position, List<String> lowers, UnpackedLayers.Slot slot)
            throws IOException {
        DiffId layer = stack.layers().get(position);
        LayerStack below = new LayerStack(content, stack.layers().subList(0, position));
        RootMetadata.apply(linux, ids, folder.layers().layersFd(), slot.ordinal(), below);
        OverlayMount mount = overlay(lowers, slot);
        try {
            ThrowAwayThread.run("unpack " + layer, () -> {
                linux.unshare(CloneFlag.NEWNS | CloneFlag.FS);
                linux.mount(null, Names.utf8("/"), null, MountFlag.REC | MountFlag.PRIVATE, null);
                byte[] merged = Names.utf8(mount.mount().toString());
                int root = linux.openat(Linux.AT_FDCWD, merged, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
                try (StackUnpacker unpacker = new StackUnpacker(linux, ids, root)) {
                    stack.read(layer, unpacker::unpack);
                } finally {
                    linux.close(root);
                }
            });
            mount.unmount();
        } finally {
            mount.abandon();
        }
    }

    private int open(int directory, String name) throws IOException {
        return linux.openat(directory, Names.utf8(name), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
    }

    @Override
    public final boolean prune() throws IOException {
        return folder.prune();
    }

    @Override
    public final void close() {
        folder.close();
    }
}
