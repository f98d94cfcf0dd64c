package org.jbuildah.engine.transport;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;

/** An image's documents as bytes, in one family of media types. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FinishedImage(
        Descriptor manifest, byte[] manifestBytes, Descriptor config, byte[] configBytes, List<Descriptor> layers) {
    static FinishedImage of(OutgoingImage image, List<Descriptor> layers, ImageFormat format) {
        byte[] configBytes = image.configBytes();
        Descriptor config = new Descriptor(MediaType.config(format), Digest.of(configBytes), configBytes.length);
        Map<String, String> annotations = format == ImageFormat.OCI ? image.annotations() : Map.of();
        Manifest manifest = new Manifest(MediaType.manifest(format), config, layers, annotations);
        byte[] bytes = Json.write(manifest);
        return new FinishedImage(
                new Descriptor(
                        manifest.mediaType(),
                        Digest.of(bytes),
                        bytes.length,
                        Map.of(),
                        image.config().platform()),
                bytes,
                config,
                configBytes,
                layers);
    }
}
