package org.jbuildah.engine.transport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.tree.ImageTree;

/** The files of an image as one tar: owners, modes, times, links and devices are there, whoever writes it. */
final class FilesTarSink implements ImageSink {
    private static final int BUFFER = 1 << 16;

    private final ContentStore store;
    private final OutputStream out;

    /** @param out flushed at the end and left open */
    FilesTarSink(ContentStore store, OutputStream out) {
        this.store = store;
        this.out = out;
    }

    @Override
    public Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        try (LayerWriter tar = new LayerWriter(buffered)) {
            FileWalk.walk(ImageTree.of(store, image.config().diffIds()), new Entries(tar, EntryName.ROOT));
        }
        buffered.flush();
        return new LayerBlobs(store).inStore(image, format).manifest();
    }

    /** As BuildKit does it: a directory for each platform, such as {@code linux_arm64}. */
    @Override
    public Descriptor write(OutgoingIndex index, String name, ImageFormat format) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        try (LayerWriter tar = new LayerWriter(buffered)) {
            for (OutgoingImage image : index.images()) {
                EntryName folder = EntryName.of(FilesSink.folder(image));
                Instant time = Objects.requireNonNullElse(image.config().created(), Instant.EPOCH);
                tar.write(LayerEntry.directory(folder, 0755, 0, 0, time));
                FileWalk.walk(ImageTree.of(store, image.config().diffIds()), new Entries(tar, folder));
            }
        }
        buffered.flush();
        return new LayerBlobs(store).inStore(index, format).descriptor();
    }

    private record Entries(LayerWriter tar, EntryName folder) implements FileWalk.Visitor {
        @Override
        public void file(LayerEntry found, LayerSource content) throws IOException {
            LayerEntry moved = found.withName(below(found.name()));
            LayerEntry entry = found.type() == EntryType.HARD_LINK
                    ? moved.asHardLinkTo(below(EntryName.of(found.linkTarget())))
                    : moved;
            if (!entry.isFile()) {
                tar.write(entry);
                return;
            }
            try (InputStream bytes = content.open()) {
                tar.write(entry, bytes);
            }
        }

        private EntryName below(EntryName name) {
            return folder.resolve(name);
        }

        @Override
        public void left(LayerEntry directory) {}
    }
}
