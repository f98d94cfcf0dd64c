package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;

/**
 * Snapshots by fuse-overlayfs, for kernels that refuse an overlay mount in a user namespace and for stores that lie on an overlay
 * already. Every mount has a process of its own.
 *
 * <p>While a step runs, two names of one file of the image show the same file to it, also once it has written to one of them; the layer
 * has the change of that one name only, as with the kernel's overlay. Two faults of release 1.10 are seen by the step: the mode, owner or
 * time of a device or FIFO of the image cannot be changed (EIO), and a symlink of the image becomes root's when its time is changed or
 * when it is renamed.
 *
 * @see <a href="https://github.com/containers/fuse-overlayfs">fuse-overlayfs</a>
 */
public final class FuseOverlay extends OverlayStore {
    private final FuseProgram program;

    private FuseOverlay(ContentStore content, Linux linux, IdMap ids, FuseProgram program, RootfsFolder folder) {
        super(content, linux, ids, folder);
        this.program = program;
    }

    /**
     * Opens the unpacked layers of a store, which are other ones than the kernel's.
     *
     * @param ids the worker's own map
     * @param xattrs {@link OverlayXattrs#USER} in a user namespace
     */
    public static FuseOverlay open(
            ContentStore content, Linux linux, IdMap ids, OverlayXattrs xattrs, FuseProgram program)
            throws IOException {
        RootfsFolder folder = RootfsFolder.open(linux, content.root(), "fuse", ids, xattrs);
        return new FuseOverlay(content, linux, ids, program, folder);
    }

    @Override
    OverlayRecords records() {
        return new FuseRecords(linux);
    }

    @Override
    OverlayMount overlay(List<String> lowers, UnpackedLayers.Slot slot) {
        return new FuseMount(linux, program, folder.layers(), lowers, slot);
    }

    @Override
    LayerUnpacker unpacker(int root) {
        return new MarkerUnpacker(linux, ids, root);
    }
}
