package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.OutputStream;
import org.jbuildah.engine.oci.Descriptor;

/** A blob on its way into the store; closing it without {@link #commit} leaves nothing behind. */
public abstract class BlobWriter extends OutputStream {
    /** Makes the blob durable under the digest of what was written. */
    public abstract Descriptor commit(String mediaType) throws IOException;
}
