package org.jbuildah.engine.transport;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;

/** An image's documents as bytes, in one family of media types. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FinishedImage(
        Descriptor manifest, byte[] manifestBytes, Descriptor config, byte[] configBytes, List<Descriptor> layers) {
    static FinishedImage of(ImageConfig image, byte[] configBytes, List<Descriptor> layers, ImageFormat format) {
        Descriptor config = new Descriptor(MediaType.config(format), Digest.of(configBytes), configBytes.length);
        Manifest manifest = new Manifest(MediaType.manifest(format), config, layers, Map.of());
        byte[] bytes = Json.write(manifest);
        return new FinishedImage(
                new Descriptor(manifest.mediaType(), Digest.of(bytes), bytes.length, Map.of(), image.platform()),
                bytes,
                config,
                configBytes,
                layers);
    }
}
