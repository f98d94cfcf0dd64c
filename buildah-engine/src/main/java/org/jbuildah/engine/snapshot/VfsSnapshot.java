package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.AskedOwners;

/** A copied tree in use. */
final class VfsSnapshot implements SnapshotStore.Snapshot {
    /** The clock of file times goes in ticks, of 10 ms at most. */
    private static final long TICK_MILLIS = 12;

    private final Linux linux;
    private final IdMap ids;
    private final OverlayXattrs xattrs;
    private final UnpackedLayers trees;
    private final LayerStack stack;
    private final UnpackedLayers.Slot slot;
    private final RootDirectory rootBefore;
    private final Listing before;
    private Map<Listing.Identity, EntryName> namesBefore = Map.of();
    private volatile AskedOwners asked = AskedOwners.NONE;
    private boolean settled;

    VfsSnapshot(
            Linux linux,
            IdMap ids,
            OverlayXattrs xattrs,
            UnpackedLayers trees,
            LayerStack stack,
            UnpackedLayers.Slot slot)
            throws IOException {
        this.linux = linux;
        this.ids = ids;
        this.xattrs = xattrs;
        this.trees = trees;
        this.stack = stack;
        this.slot = slot;
        byte[] name = Names.utf8(slot.ordinal());
        this.rootBefore = RootDirectory.of(linux, trees.layersFd(), name);
        this.before = Listing.of(linux, trees.layersFd(), name);
        letTheClockTick();
    }

    /** A change within the tick of the copy would leave the ctime as it is. */
    private static void letTheClockTick() throws InterruptedIOException {
        try {
            Thread.sleep(TICK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while preparing a snapshot");
        }
    }

    @Override
    public Path mount() throws IOException {
        trees.enter();
        byte[] target = Names.utf8("../w/" + slot.ordinal() + "/merged");
        try {
            linux.mount(slot.ordinal(), target, null, MountFlag.BIND, null);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM) {
                return trees.directory(slot.ordinal()); // no mounts at all: whoever can do with a plain chroot
            }
            throw e;
        }
        if (xattrs == OverlayXattrs.TRUSTED) {
            linux.mount(null, target, null, MountFlag.BIND | MountFlag.REMOUNT | MountFlag.NODEV, null);
        }
        return trees.merged(slot);
    }

    @Override
    public List<AskedOwners.Named> unmarked() throws IOException {
        return OwnerMark.missing(stack);
    }

    @Override
    public void own(AskedOwners owners) {
        asked = owners;
    }

    @Override
    public DiffId commit() throws IOException {
        byte[] tree = Names.utf8(slot.ordinal());
        Owners owners = ids.singleId() ? new SingleIdOwners(asked, this::ownerBelow) : Owners.ON_DISK;
        DiffId layer;
        try (LayerSink sink = stack.content().newLayer()) {
            LayerDraft draft = new LayerDraft(linux, sink, owners);
            RootDirectory root = RootDirectory.of(linux, trees.layersFd(), tree);
            if (!root.same(rootBefore)) {
                draft.add(EntryName.ROOT, trees.layersFd(), tree, root.status(), root.xattrs(), true);
            }
            new CopyChanges(linux, draft).write(trees.layersFd(), tree, before);
            layer = sink.commit();
        }
        List<DiffId> layers = new ArrayList<>(stack.layers());
        layers.add(layer);
        LayerKey key = LayerKey.ofChain(layers);
        if (trees.find(key).isEmpty()) {
            trees.publish(key, slot);
            settled = true;
        }
        return layer;
    }

    /** Where there is one id only: the inode tells which file of the stack this is, whatever its name is now. */
    private Optional<Owners.Owner> ownerBelow(EntryName name, FileStatus status, boolean fromBelow) throws IOException {
        if (namesBefore.isEmpty()) {
            namesBefore = before.names();
        }
        EntryName original = namesBefore.get(Listing.Identity.of(status));
        if (original == null) {
            return Optional.empty();
        }
        Optional<LayerEntry> entry = stack.find(original);
        return Optional.of(
                entry.map(below -> new Owners.Owner(below.uid(), below.gid())).orElse(Owners.Owner.ROOT));
    }

    @Override
    public void close() {
        if (!settled) {
            settled = true;
            trees.discardOrLeave(slot);
        }
    }
}
