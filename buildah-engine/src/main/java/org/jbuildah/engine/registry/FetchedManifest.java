package org.jbuildah.engine.registry;

import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;

/**
 * A manifest or an index as the registry keeps it.
 *
 * @param mediaType as the registry calls it
 * @param digest of {@code bytes}, verified
 * @param bytes verbatim; whoever pushes them on must not write them anew
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record FetchedManifest(String mediaType, Digest digest, byte[] bytes) {
    public Descriptor descriptor() {
        return new Descriptor(mediaType, digest, bytes.length);
    }
}
