package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.MediaType;

/** A layer of our own: tar, diffID and index come out of one pass. */
final class LayerFile implements LayerSink {
    private final StoreFolders folders;
    private final BlobFile blob;
    private final LayerWriter tar;
    private final Path scratch;
    private final LayerIndex.Builder index;

    /** @param scratch a name of its own for a directory, which this makes if need be, and removes */
    LayerFile(StoreFolders folders, BlobFile blob, Path scratch) throws IOException {
        this.folders = folders;
        this.blob = blob;
        this.scratch = scratch;
        tar = new LayerWriter(blob);
        index = new LayerIndex.Builder(scratch);
    }

    @Override
    public void write(LayerEntry entry) throws IOException {
        tar.write(entry);
        add(entry, -1);
    }

    @Override
    public void write(LayerEntry entry, LayerSource content) throws IOException {
        long offset;
        try (InputStream bytes = content.open()) {
            offset = tar.write(entry, bytes);
        }
        add(entry, offset);
    }

    private void add(LayerEntry entry, long offset) throws IOException {
        add(index, entry, offset, scratch);
    }

    /** Adds to an index whose sorted runs go to {@code scratch}. */
    static void add(LayerIndex.Builder index, LayerEntry entry, long offset, Path scratch) throws IOException {
        try {
            index.add(entry, offset);
        } catch (IOException e) {
            throw StoreTrouble.writing(scratch.resolve("run"), e);
        }
    }

    @Override
    public DiffId commit() throws IOException {
        tar.close();
        DiffId layer = new DiffId(blob.commit(MediaType.OCI_LAYER).digest());
        publish(index, scratch, folders.layerIndex(layer));
        return layer;
    }

    /**
     * Writes an index and gives it its name. What a power cut leaves of it is known by its length, and made anew: it need not wait for
     * the disk as a blob does.
     *
     * @param scratch the index is written beside it
     */
    static void publish(LayerIndex.Builder index, Path scratch, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Path written = scratch.resolveSibling(scratch.getFileName() + ".index");
        try {
            index.writeTo(written);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StoreTrouble.writing(target, e);
        }
    }

    @Override
    public void close() throws IOException {
        index.close();
        blob.close();
        TemporaryFolder.delete(scratch);
    }
}
