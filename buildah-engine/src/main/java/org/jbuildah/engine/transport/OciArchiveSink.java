package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;

/** An image layout in a tar file, which holds this image, or this index, only. */
final class OciArchiveSink implements ImageSink {
    private final ContentStore store;
    private final Path file;
    private final String tag;
    private final LayerCompression compression;

    OciArchiveSink(ContentStore store, Path file, String tag, LayerCompression compression) {
        this.store = store;
        this.file = file;
        this.tag = tag;
        this.compression = compression;
    }

    @Override
    public Descriptor write(OutgoingImage outgoing, String name, ImageFormat format) throws IOException {
        FinishedImage image = new LayerBlobs(store).packed(outgoing, format, compression);
        write(List.of(image), archive -> {}, LayoutDocuments.entry(image.manifest(), tag, name));
        return image.manifest();
    }

    @Override
    public Descriptor write(OutgoingIndex outgoing, String name, ImageFormat format) throws IOException {
        FinishedIndex index = new LayerBlobs(store).packed(outgoing, format, compression);
        write(
                index.images(),
                archive -> archive.file(path(index.descriptor()), index.bytes()),
                LayoutDocuments.entry(index.descriptor(), tag, name));
        return index.descriptor();
    }

    /** What comes behind the images. */
    private interface Rest {
        void write(ArchiveFile archive) throws IOException;
    }

    private void write(List<FinishedImage> images, Rest rest, Descriptor entry) throws IOException {
        try (ArchiveFile archive = new ArchiveFile(file)) {
            write(archive, images);
            rest.write(archive);
            archive.file("index.json", Json.write(LayoutDocuments.with(LayoutDocuments.EMPTY, entry)));
            archive.file("oci-layout", LayoutDocuments.LAYOUT);
            archive.finish();
        } catch (IOException e) {
            throw StoreFailure.output(file, e);
        }
    }

    private void write(ArchiveFile archive, List<FinishedImage> images) throws IOException {
        TreeMap<Digest, Descriptor> layers = new TreeMap<>(); // a layer may be there twice
        images.forEach(image -> image.layers().forEach(layer -> layers.put(layer.digest(), layer)));
        archive.directory("blobs");
        archive.directory("blobs/sha256");
        for (Descriptor layer : layers.values()) {
            try (InputStream bytes = store.open(layer.digest())) {
                archive.file(path(layer), layer.size(), bytes);
            }
        }
        for (FinishedImage image : images) {
            archive.file(path(image.config()), image.configBytes());
            archive.file(path(image.manifest()), image.manifestBytes());
        }
    }

    private static String path(Descriptor blob) {
        return "blobs/" + blob.digest().algorithm() + "/" + blob.digest().hex();
    }
}
