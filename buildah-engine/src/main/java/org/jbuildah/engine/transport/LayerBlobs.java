package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.content.BlobWriter;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.MediaType;

/** The form in which a layer leaves; what it answers is a blob of the store. */
final class LayerBlobs {
    private static final int BUFFER = 64 * 1024;

    private final ContentStore store;

    LayerBlobs(ContentStore store) {
        this.store = store;
    }

    /** As it is stored: our own layers plain, others as they were pulled. */
    Descriptor asStored(DiffId layer, ImageFormat format) throws IOException {
        for (Descriptor form : stored(layer)) {
            if (isAllowed(form, format)) {
                return typed(form, format);
            }
        }
        return plain(layer, format);
    }

    /** An image whose layers leave as they are stored. */
    FinishedImage inStore(OutgoingImage image, ImageFormat format) throws IOException {
        List<Descriptor> layers = new ArrayList<>();
        for (DiffId layer : image.config().diffIds()) {
            layers.add(asStored(layer, format));
        }
        return FinishedImage.of(image, layers, format);
    }

    /** An index of images whose layers leave as they are stored. */
    FinishedIndex inStore(OutgoingIndex index, ImageFormat format) throws IOException {
        List<FinishedImage> images = new ArrayList<>();
        for (OutgoingImage image : index.images()) {
            images.add(inStore(image, format));
        }
        return FinishedIndex.of(images, format);
    }

    /** An image whose layers leave packed as is asked for. */
    FinishedImage packed(OutgoingImage image, ImageFormat format, LayerCompression compression) throws IOException {
        if (!compression.asked()) {
            return inStore(image, format);
        }
        LayerPacking packing = new LayerPacking(store, compression);
        Map<DiffId, Descriptor> once = new HashMap<>(); // a layer may be there twice
        List<Descriptor> layers = new ArrayList<>();
        for (DiffId layer : image.config().diffIds()) {
            if (!once.containsKey(layer)) {
                once.put(layer, packing.packed(layer, format));
            }
            layers.add(once.get(layer));
        }
        return FinishedImage.of(image, layers, format);
    }

    /** An index of images whose layers leave packed as is asked for. */
    FinishedIndex packed(OutgoingIndex index, ImageFormat format, LayerCompression compression) throws IOException {
        List<FinishedImage> images = new ArrayList<>();
        for (OutgoingImage image : index.images()) {
            images.add(packed(image, format, compression));
        }
        return FinishedIndex.of(images, format);
    }

    /** The plain tar as a blob of its own. */
    Descriptor plain(DiffId layer, ImageFormat format) throws IOException {
        String mediaType = MediaType.layer(format, Compression.NONE);
        Optional<Long> size = store.size(layer.digest());
        if (size.isPresent()) {
            return new Descriptor(mediaType, layer.digest(), size.get());
        }
        try (BlobWriter blob = store.newBlob()) {
            copyTar(layer, blob);
            return blob.commit(mediaType);
        }
    }

    void copyTar(DiffId layer, OutputStream to) throws IOException {
        try (InputStream tar = store.wholeTar(layer)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
                to.write(buffer, 0, n);
            }
        }
    }

    List<Descriptor> stored(DiffId layer) throws IOException {
        return store.descriptors(layer).stream()
                .filter(form -> store.contains(form.digest()))
                .toList();
    }

    static boolean isAllowed(Descriptor form, ImageFormat format) {
        return format == ImageFormat.OCI || Compression.of(form.mediaType()) != Compression.ZSTD;
    }

    static Descriptor typed(Descriptor form, ImageFormat format) {
        return form.withMediaType(MediaType.layer(format, Compression.of(form.mediaType())));
    }
}
