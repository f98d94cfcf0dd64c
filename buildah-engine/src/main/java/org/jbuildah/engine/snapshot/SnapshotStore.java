package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.AskedOwners;

/**
 * Stacks of layers lent out as directories. Lives in the worker, as root of its user namespace or as the real one, with {@code /proc}
 * mounted; only it touches {@code <root>/rootfs/}. Safe for use by many threads.
 *
 * <p>Laws: an unpacked layer counts only when it is whole; several workers use one root at once; a commit leaves the change as a layer
 * in the content store whose unpacking over the same lowers equals the directory (times in whole seconds). What is here can be deleted
 * while no worker runs, and costs only time.
 *
 * <p>Not here: what is mounted over the tree, and the removal of the placeholders for it, is the isolation's.
 */
public interface SnapshotStore extends AutoCloseable {
    /**
     * Prepares an active snapshot over a stack, lowest first; layers that are not unpacked yet are unpacked from the content store.
     *
     * @param layers may be empty (scratch)
     * @throws java.io.InterruptedIOException if the thread is interrupted; nothing is left behind that the next one could not use
     */
    Snapshot prepare(List<DiffId> layers) throws IOException;

    /**
     * Deletes every unpacked layer.
     *
     * @return false when another worker has the store open: nothing is deleted then
     */
    boolean prune() throws IOException;

    /** Snapshots must be closed before. */
    @Override
    void close();

    /** An active snapshot. Closing it removes what it holds, unless its change was committed and kept as an unpacked layer. */
    interface Snapshot extends AutoCloseable {
        /**
         * Mounts the merged tree; called on the step's own thread, in its own mount namespace and with a working directory of its own
         * (unshare(2) with CLONE_NEWNS and CLONE_FS), before the root is changed. It changes that thread's working directory.
         *
         * @return the directory that is to become the root; a mount point
         */
        Path mount() throws IOException;

        /** Owners of files that can bear no mark of them, as the layers have it; of use where one id is mapped. */
        List<AskedOwners.Named> unmarked() throws IOException;

        /** Owners that the step asked for and the disk does not hold; counts where one id is mapped. */
        void own(AskedOwners owners);

        /**
         * Writes the change as a layer, after the step's processes are gone. Called on any other thread of the worker, once.
         *
         * @throws IOException if a file cannot be a part of a layer, or cannot be read
         */
        DiffId commit() throws IOException;

        @Override
        void close();
    }
}
