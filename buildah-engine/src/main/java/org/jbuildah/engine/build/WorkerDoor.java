package org.jbuildah.engine.build;

import java.io.IOException;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.rootfs.Rootfs;

/** The way to the worker, which is started when it is really needed, and once. */
public interface WorkerDoor extends AutoCloseable {
    /** The word for owners that are all kept. */
    String FULL = "full";

    /** Begins the start in the background; a failure is told by {@link #rootfs}. */
    void startSoon();

    /**
     * Makes sure that a RUN in an image of a platform can start programs here.
     *
     * @throws org.jbuildah.engine.api.HostUnsuitable if it cannot
     */
    void require(Platform platform);

    /**
     * The worker's root file systems; waits for its start.
     *
     * @throws org.jbuildah.engine.api.HostUnsuitable if this machine cannot run processes
     */
    Rootfs rootfs() throws IOException, InterruptedException;

    /** {@link #FULL} or {@code single-id}: how faithfully owners can be set here. */
    String ownerFidelity();

    @Override
    void close();
}
