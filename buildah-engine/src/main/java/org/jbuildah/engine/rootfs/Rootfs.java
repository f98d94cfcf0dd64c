package org.jbuildah.engine.rootfs;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;

/** Root file systems made of layers. Nothing above this interface knows that a second process exists. */
public interface Rootfs extends AutoCloseable {
    /**
     * Lends out a stack of layers as a directory tree that a process can run in; nothing of it is visible outside.
     *
     * @param layers lowest first; all of them are in the content store; may be empty (scratch)
     * @throws IOException if the store cannot be read or the tree cannot be made
     */
    ActiveRootfs prepare(List<DiffId> layers) throws IOException;

    /** Ends every process, unmounts everything. */
    @Override
    void close();
}
