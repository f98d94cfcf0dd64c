package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;
import org.jbuildah.engine.rootfs.MountSpec;

/** Puts up the trees that a step's mounts take files from. */
public interface Trees {
    /** For steps that have no such mounts. */
    Trees NONE = mount -> {
        throw new IllegalArgumentException("no tree for " + mount);
    };

    /**
     * Called on the step's own thread in its own mount namespace, before its root is changed; may change its working directory.
     *
     * @return the root of the tree
     */
    Path mount(MountSpec.OfTree mount) throws IOException;
}
