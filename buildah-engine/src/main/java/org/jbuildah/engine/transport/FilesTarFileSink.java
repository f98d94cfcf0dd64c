package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/** The files of an image in a tar file, which appears whole; a pipe or a device of that name is written to. */
record FilesTarFileSink(ContentStore store, Path file) implements ImageSink {
    @Override
    public Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException {
        return written(out -> new FilesTarSink(store, out).write(image, name, format));
    }

    @Override
    public Descriptor write(OutgoingIndex index, String name, ImageFormat format) throws IOException {
        return written(out -> new FilesTarSink(store, out).write(index, name, format));
    }

    /** Writes the tar. */
    private interface Content {
        Descriptor write(OutputStream out) throws IOException;
    }

    private Descriptor written(Content content) throws IOException {
        StoreFailure.refuseDirectory(file);
        boolean inPlace = Files.exists(file) && !Files.isRegularFile(file);
        Path writing = inPlace ? file : file.resolveSibling("." + file.getFileName() + ".writing");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Descriptor manifest;
            try (OutputStream out = Files.newOutputStream(writing)) {
                manifest = content.write(out);
            }
            if (!inPlace) {
                Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return manifest;
        } catch (IOException e) {
            throw StoreFailure.output(file, e);
        } finally {
            if (!inPlace) {
                Files.deleteIfExists(writing);
            }
        }
    }
}
