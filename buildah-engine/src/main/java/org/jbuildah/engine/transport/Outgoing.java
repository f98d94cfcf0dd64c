package org.jbuildah.engine.transport;

import java.io.IOException;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/** What leaves the build, or the store, under one name: an image, or an index of images for several platforms. */
public sealed interface Outgoing permits OutgoingImage, OutgoingIndex {
    /** @see ImageSink */
    Descriptor writeTo(ImageSink sink, String name, ImageFormat format) throws IOException, InterruptedException;
}
