package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;

/**
 * Snapshots by the kernel's overlayfs.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
 */
public final class KernelOverlay extends OverlayStore {
    private final OverlayXattrs xattrs;

    private KernelOverlay(ContentStore content, Linux linux, IdMap ids, OverlayXattrs xattrs, RootfsFolder folder) {
        super(content, linux, ids, folder);
        this.xattrs = xattrs;
    }

    /**
     * Opens the unpacked layers of a store.
     *
     * @param ids the worker's own map
     * @param xattrs {@link OverlayXattrs#USER} in a user namespace
     */
    public static KernelOverlay open(ContentStore content, Linux linux, IdMap ids, OverlayXattrs xattrs)
            throws IOException {
        RootfsFolder folder = RootfsFolder.open(linux, content.root(), "overlay", ids, xattrs);
        return new KernelOverlay(content, linux, ids, xattrs, folder);
    }

    @Override
    OverlayRecords records() {
        return new KernelRecords(linux, xattrs);
    }

    @Override
    OverlayMount overlay(List<String> lowers, UnpackedLayers.Slot slot) {
        return new KernelMount(linux, xattrs, folder.layers(), lowers, slot);
    }

    @Override
    LayerUnpacker unpacker(int root) {
        return new StandaloneUnpacker(linux, ids, root, xattrs);
    }
}
