package org.jbuildah.engine.transport;

import java.io.IOException;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/** A place for finished images: blobs first, then config, manifest, tag. */
public interface ImageSink {
    /**
     * Writes an image whose layers are in the content store.
     *
     * @param name the image's full reference; empty when it has none
     * @return the manifest as written here
     */
    Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException, InterruptedException;
}
