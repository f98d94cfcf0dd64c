package org.jbuildah.engine.transport;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerWriter;

/** A tar file whose bytes depend on its content only: no clock, no owner. It appears whole when it is finished. */
final class ArchiveFile implements AutoCloseable {
    private final Path file;
    private final Path writing;
    private final OutputStream out;
    private final LayerWriter tar;

    /** @throws TransferFailed where a directory is in its place */
    ArchiveFile(Path file) throws IOException {
        StoreFailure.refuseDirectory(file);
        this.file = file;
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        writing = file.resolveSibling("." + file.getFileName() + ".writing");
        out = new BufferedOutputStream(Files.newOutputStream(writing), 1 << 16);
        tar = new LayerWriter(out);
    }

    void directory(String name) throws IOException {
        tar.write(LayerEntry.directory(EntryName.of(name), 0755, 0, 0, Instant.EPOCH));
    }

    void file(String name, byte[] bytes) throws IOException {
        file(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    void file(String name, long size, InputStream bytes) throws IOException {
        tar.write(LayerEntry.file(EntryName.of(name), 0644, 0, 0, size, Instant.EPOCH), bytes);
    }

    void finish() throws IOException {
        tar.close();
        out.close();
        Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(writing);
    }
}
