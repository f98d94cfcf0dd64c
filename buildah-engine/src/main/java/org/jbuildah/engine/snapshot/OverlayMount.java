package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One stack of directories, and how it is mounted. */
interface OverlayMount {
    /** Ordinals, topmost first. */
    List<String> lowers();

    /** The upper directory. */
    UnpackedLayers.Slot slot();

    /**
     * In the calling thread's mount namespace; its working directory must be its own. May be called again, once the step that it was called
     * for is over.
     */
    Path mount() throws IOException;

    /**
     * From here on the upper directory is what was written to the mount, if there was one. The mount itself may live on in its namespace.
     *
     * @throws IOException if something that was written is not there
     */
    void unmount() throws IOException;

    /** As {@link #unmount}, for whoever does not care for what was written. */
    void abandon();
}
