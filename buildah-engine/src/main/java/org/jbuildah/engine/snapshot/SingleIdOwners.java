package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.FileStatus;

/**
 * Owners where the user namespace holds one id only and the disk knows none: what came from below belongs to whom the layers say, what is
 * new belongs to root.
 *
 * @see RemovedFiles
 */
final class SingleIdOwners implements Owners {
    private static final Owner ROOT = new Owner(0, 0);

    private final LayerStack stack;
    private final RemovedFiles removed;

    SingleIdOwners(LayerStack stack, RemovedFiles removed) {
        this.stack = stack;
        this.removed = removed;
    }

    @Override
    public Owner of(EntryName name, FileStatus status, boolean fromBelow) throws IOException {
        if (!fromBelow) {
            return ROOT;
        }
        Optional<LayerEntry> below = stack.find(name);
        if (below.isPresent() && below.get().isDirectory() == status.isDirectory()) {
            return new Owner(below.get().uid(), below.get().gid());
        }
        return name.isRoot() ? ROOT : removed.ownerOf(name, status);
    }
}
