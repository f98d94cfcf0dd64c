package org.jbuildah.engine.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;

/** Into an image layout directory; one that is there already keeps its other images. */
final class OciLayoutSink implements ImageSink {
    private final ContentStore store;
    private final Path directory;
    private final String tag;
    private final LayerCompression compression;

    OciLayoutSink(ContentStore store, Path directory, String tag, LayerCompression compression) {
        this.store = store;
        this.directory = directory;
        this.tag = tag;
        this.compression = compression;
    }

    @Override
    public Descriptor write(OutgoingImage outgoing, String name, ImageFormat format) throws IOException {
        FinishedImage image = new LayerBlobs(store).packed(outgoing, format, compression);
        return written(image.manifest(), name, () -> put(image));
    }

    @Override
    public Descriptor write(OutgoingIndex outgoing, String name, ImageFormat format) throws IOException {
        FinishedIndex index = new LayerBlobs(store).packed(outgoing, format, compression);
        return written(index.descriptor(), name, () -> {
            for (FinishedImage image : index.images()) {
                put(image);
            }
            put(blob(index.descriptor().digest()), index.bytes());
        });
    }

    /** Writes the blobs of an image or an index. */
    private interface Blobs {
        void write() throws IOException;
    }

    private Descriptor written(Descriptor document, String name, Blobs blobs) throws IOException {
        try {
            StoreLock lock = store.lock("layout"); // two builds may add to one layout
            try (lock) {
                Path index = directory.resolve("index.json");
                Index before = Files.exists(index) ? existing(index) : LayoutDocuments.EMPTY;
                Files.createDirectories(directory.resolve("blobs/sha256"));
                blobs.write();
                put(directory.resolve("oci-layout"), LayoutDocuments.LAYOUT);
                Descriptor entry = LayoutDocuments.entry(document, tag, name);
                put(index, Json.write(LayoutDocuments.with(before, entry)));
            }
        } catch (IOException e) {
            throw StoreFailure.output(directory, e);
        }
        return document;
    }

    private void put(FinishedImage image) throws IOException {
        for (Descriptor layer : image.layers()) {
            if (!Files.exists(blob(layer.digest()))) {
                try (InputStream bytes = store.open(layer.digest())) {
                    put(blob(layer.digest()), bytes);
                }
            }
        }
        put(blob(image.config().digest()), image.configBytes());
        put(blob(image.manifest().digest()), image.manifestBytes());
    }

    private static Index existing(Path index) throws IOException {
        try {
            return Json.parseIndex(Files.readAllBytes(index));
        } catch (IllegalArgumentException e) {
            throw new IOException(index + " is there and is no index of an image layout: " + e.getMessage(), e);
        }
    }

    private Path blob(Digest digest) throws IOException {
        Path folder = directory.resolve("blobs").resolve(digest.algorithm());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        return folder.resolve(digest.hex());
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        put(file, new ByteArrayInputStream(bytes));
    }

    /** Whole or not at all: another reader may look at any time. */
    private static void put(Path file, InputStream bytes) throws IOException {
        Path writing = file.resolveSibling("." + file.getFileName() + ".writing");
        try {
            Files.copy(bytes, writing, StandardCopyOption.REPLACE_EXISTING);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(writing);
        }
    }
}
