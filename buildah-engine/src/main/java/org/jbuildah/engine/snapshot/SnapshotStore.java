package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;

/**
 * Stacks of layers lent out as directories. Lives in the worker; only it touches {@code <root>/rootfs/}.
 *
 * <p>Laws: an unpacked layer appears under its name only whole; several workers use one root at once; a commit leaves the change as
 * a layer in the content store whose unpacking over the same lowers equals the directory.
 */
public interface SnapshotStore {
    /** Prepares an active snapshot over a stack, lowest first; layers that are not unpacked yet are unpacked from the content store. */
    Snapshot prepare(List<DiffId> layers) throws IOException;

    /** An active snapshot. Closing it removes what it holds, unless its change was committed and kept as an unpacked layer. */
    interface Snapshot extends AutoCloseable {
        /**
         * Mounts the merged tree; called on the step's own thread, in its own mount namespace, before the root is changed.
         *
         * @return the directory that is to become the root
         */
        Path mount() throws IOException;

        /** Writes the change as a layer, after the step's processes are gone. Called on any other thread of the worker. */
        DiffId commit() throws IOException;

        @Override
        void close();
    }
}
