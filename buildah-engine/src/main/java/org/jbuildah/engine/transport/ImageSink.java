package org.jbuildah.engine.transport;

import java.io.IOException;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;

/** A place for finished images: blobs first, then config, manifest, tag. */
public interface ImageSink {
    /**
     * Writes an image whose layers are in the content store.
     *
     * @param config its bytes are the image's identity, whatever the format
     * @param name the image's full reference; empty when it has none
     * @return the digest of the manifest as written here
     */
    default Digest write(ImageConfig config, String name, ImageFormat format) throws IOException, InterruptedException {
        return write(config, Json.write(config), name, format);
    }

    /**
     * As {@link #write(ImageConfig, String, ImageFormat)}, of an image that others made: its config may say things that ours do not
     * know, and its bytes are its identity.
     *
     * @param configBytes what {@code config} was read from
     */
    Digest write(ImageConfig config, byte[] configBytes, String name, ImageFormat format)
            throws IOException, InterruptedException;
}
