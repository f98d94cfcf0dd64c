package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.AskedOwners;

/** An upper directory in use. */
final class OverlaySnapshot implements SnapshotStore.Snapshot {
    private final Linux linux;
    private final IdMap ids;
    private final OverlayRecords records;
    private final UnpackedLayers layers;
    private final LayerStack stack;
    private final OverlayMount mount;
    private final RootDirectory before;
    private volatile AskedOwners asked = AskedOwners.NONE;
    private boolean published;

    OverlaySnapshot(
            Linux linux, IdMap ids, OverlayRecords records, UnpackedLayers layers, LayerStack stack, OverlayMount mount)
            throws IOException {
        this.linux = linux;
        this.ids = ids;
        this.records = records;
        this.layers = layers;
        this.stack = stack;
        this.mount = mount;
        this.before = RootDirectory.of(
                linux, layers.layersFd(), Names.utf8(mount.slot().ordinal()));
    }

    @Override
    public Path mount() throws IOException {
        return mount.mount();
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
        mount.unmount();
        Owners owners = ids.singleId()
                ? new SingleIdOwners(asked, new StackOwners(stack, new RemovedFiles(stack, this::scan)))
                : Owners.ON_DISK;
        byte[] upper = Names.utf8(mount.slot().ordinal());
        DiffId layer;
        try (LayerSink sink = stack.content().newLayer()) {
            LayerDraft draft = new LayerDraft(linux, sink, owners);
            RootDirectory root = RootDirectory.of(linux, layers.layersFd(), upper);
            if (!root.same(before)) {
                draft.add(EntryName.ROOT, layers.layersFd(), upper, root.status(), root.xattrs(), true);
            }
            LowerView lowers = LowerView.of(linux, records, layers.layersFd(), mount.lowers());
            new UpperChanges(linux, records, draft, lowers).write(layers.layersFd(), upper, root.status());
            layer = sink.commit();
        }
        cleanseRoot(upper);
        LayerKey key = LayerKey.of(layer);
        if (layers.find(key).isEmpty()) {
            layers.publish(key, mount.slot());
            published = true;
        }
        return layer;
    }

    private UpperScan scan() throws IOException {
        return UpperScan.of(
                linux, records, layers.layersFd(), Names.utf8(mount.slot().ordinal()));
    }

    private void cleanseRoot(byte[] upper) throws IOException {
        byte[] path = Names.through(layers.layersFd(), upper);
        SortedMap<String, byte[]> all = linux.lgetxattrs(path);
        for (String xattr : all.keySet()) {
            if (OverlayXattrs.ownOfDriver(xattr)) {
                linux.lremovexattr(path, xattr);
            }
        }
    }

    @Override
    public void close() {
        if (!published) {
            published = true;
            mount.abandon();
            layers.discardOrLeave(mount.slot());
        }
    }
}
