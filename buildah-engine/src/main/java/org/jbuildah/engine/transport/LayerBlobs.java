package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jbuildah.engine.content.BlobWriter;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.MediaType;

/** Chooses, or makes, the form in which a layer leaves; what it answers is a blob of the store. */
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

    /** Compressed, for a registry. */
    Descriptor compressed(DiffId layer, ImageFormat format) throws IOException {
        Optional<Descriptor> known = storedCompressed(layer, format);
        if (known.isPresent()) {
            return typed(known.get(), format);
        }
        StoreLock lock = store.lock(layer.digest());
        try (lock) {
            known = storedCompressed(layer, format); // somebody may have made it meanwhile
            return typed(known.isPresent() ? known.get() : gzip(layer), format);
        }
    }

    private Optional<Descriptor> storedCompressed(DiffId layer, ImageFormat format) throws IOException {
        return stored(layer).stream()
                .filter(form -> Compression.of(form.mediaType()) != Compression.NONE)
                .filter(form -> isAllowed(form, format))
                .findFirst();
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

    private Descriptor gzip(DiffId layer) throws IOException {
        try (BlobWriter blob = store.newBlob()) {
            try (OutputStream gzip = new GZIPOutputStream(new Unclosed(blob), BUFFER)) {
                copyTar(layer, gzip);
            }
            Descriptor made = blob.commit(MediaType.OCI_LAYER_GZIP);
            store.remember(layer, made);
            return made;
        }
    }

    private void copyTar(DiffId layer, OutputStream to) throws IOException {
        try (InputStream tar = store.wholeTar(layer)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
                to.write(buffer, 0, n);
            }
        }
    }

    private List<Descriptor> stored(DiffId layer) throws IOException {
        return store.descriptors(layer).stream()
                .filter(form -> store.contains(form.digest()))
                .toList();
    }

    private static boolean isAllowed(Descriptor form, ImageFormat format) {
        return format == ImageFormat.OCI || Compression.of(form.mediaType()) != Compression.ZSTD;
    }

    private static Descriptor typed(Descriptor form, ImageFormat format) {
        return form.withMediaType(MediaType.layer(format, Compression.of(form.mediaType())));
    }

    /** A gzip stream ends with its trailer, the blob below goes on to its commit. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }
}
