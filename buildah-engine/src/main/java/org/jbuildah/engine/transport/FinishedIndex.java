package org.jbuildah.engine.transport;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;

/** An index's document as bytes, over the documents of its images. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FinishedIndex(Descriptor descriptor, byte[] bytes, List<FinishedImage> images) {
    static FinishedIndex of(List<FinishedImage> images, ImageFormat format) {
        List<Descriptor> manifests =
                images.stream().map(FinishedImage::manifest).toList();
        byte[] bytes = Json.write(new Index(MediaType.index(format), manifests, Map.of()));
        return new FinishedIndex(
                new Descriptor(MediaType.index(format), Digest.of(bytes), bytes.length), bytes, List.copyOf(images));
    }
}
