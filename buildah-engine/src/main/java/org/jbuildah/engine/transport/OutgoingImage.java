package org.jbuildah.engine.transport;

import java.io.IOException;
import java.util.Map;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;

/**
 * An image on its way out; its layers are in the content store.
 *
 * @param configBytes what {@code config} was read from or is written as: an image that others made may say things in it that ours do not
 *     know. They are the image's identity, whatever the format
 * @param annotations of its manifest; Docker's format has none
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record OutgoingImage(ImageConfig config, byte[] configBytes, Map<String, String> annotations)
        implements Outgoing {
    public OutgoingImage {
        annotations = Map.copyOf(annotations);
    }

    /** An image of our own. */
    public static OutgoingImage of(ImageConfig config, Map<String, String> annotations) {
        return new OutgoingImage(config, Json.write(config), annotations);
    }

    @Override
    public Descriptor writeTo(ImageSink sink, String name, ImageFormat format)
            throws IOException, InterruptedException {
        return sink.write(this, name, format);
    }
}
