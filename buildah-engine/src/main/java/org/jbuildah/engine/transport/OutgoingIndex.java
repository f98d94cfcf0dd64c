package org.jbuildah.engine.transport;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/**
 * Images for several platforms, on their way out under one name.
 *
 * @param images in the order of the index; a reader that finds two for its platform takes the first
 */
public record OutgoingIndex(List<OutgoingImage> images) implements Outgoing {
    public OutgoingIndex {
        images = List.copyOf(images);
    }

    @Override
    public Descriptor writeTo(ImageSink sink, String name, ImageFormat format)
            throws IOException, InterruptedException {
        return sink.write(this, name, format);
    }
}
