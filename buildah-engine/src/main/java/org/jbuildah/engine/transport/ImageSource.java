package org.jbuildah.engine.transport;

import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.oci.Platform;

/** Where base images come from: the local store first or the registry first, as the policy says. */
public interface ImageSource {
    /**
     * Finds an image and has its manifest and config in the store.
     *
     * @param name as the user wrote it
     * @throws org.jbuildah.engine.api.ImageUnavailable if it cannot be had
     */
    ResolvedImage resolve(String name, Platform platform, PullPolicy policy) throws InterruptedException;

    /** Has all layers of an image in the store, fetched side by side, verified and indexed. */
    void fetchLayers(ResolvedImage image) throws InterruptedException;
}
