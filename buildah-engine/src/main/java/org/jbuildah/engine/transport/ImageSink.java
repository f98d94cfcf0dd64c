package org.jbuildah.engine.transport;

import java.io.IOException;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/** A place for finished images: blobs first, then config, manifest, index, tag. */
public interface ImageSink {
    /**
     * Writes an image whose layers are in the content store.
     *
     * @param name the image's full reference; empty when it has none
     * @return the manifest as written here
     */
    Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException, InterruptedException;

    /**
     * Writes images for several platforms, and an index of them, which alone bears the name.
     *
     * @param name the index's full reference; empty when it has none
     * @return the index as written here
     * @throws org.jbuildah.engine.api.RequestInvalid where one image is all that the place can hold
     */
    Descriptor write(OutgoingIndex index, String name, ImageFormat format) throws IOException, InterruptedException;
}
