package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.FileStatus;

/**
 * To whom the layers of a stack say that a file of an upper directory belongs.
 *
 * @see RemovedFiles
 */
final class StackOwners implements SingleIdOwners.Below {
    private final LayerStack stack;
    private final RemovedFiles removed;

    StackOwners(LayerStack stack, RemovedFiles removed) {
        this.stack = stack;
        this.removed = removed;
    }

    @Override
    public Optional<Owners.Owner> owner(EntryName name, FileStatus status, boolean fromBelow) throws IOException {
        if (!fromBelow) {
            return Optional.empty();
        }
        Optional<LayerEntry> below = stack.find(name);
        if (below.isPresent() && below.get().isDirectory() == status.isDirectory()) {
            return Optional.of(new Owners.Owner(below.get().uid(), below.get().gid()));
        }
        return Optional.of(name.isRoot() ? Owners.Owner.ROOT : removed.ownerOf(name, status));
    }
}
