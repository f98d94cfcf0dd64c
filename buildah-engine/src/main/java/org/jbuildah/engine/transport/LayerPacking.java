package org.jbuildah.engine.transport;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.BlobWriter;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Packs layers for the way out. What was packed once is kept and found again; a layer that was pulled packed in another way stays as it
 * is, unless that is forced. Bytes packed with a level of their own are not kept for others.
 */
final class LayerPacking {
    private static final int BUFFER = 64 * 1024;

    private final ContentStore store;
    private final LayerBlobs blobs;
    private final Compression kind;
    private final LayerCompression wanted;

    LayerPacking(ContentStore store, LayerCompression wanted) {
        this.store = store;
        this.blobs = new LayerBlobs(store);
        this.wanted = wanted;
        this.kind = wanted.kind() == null ? Compression.GZIP : wanted.kind();
    }

    /** @throws RequestInvalid if the format has no media type for the compression */
    Descriptor packed(DiffId layer, ImageFormat format) throws IOException {
        if (kind == Compression.ZSTD && format == ImageFormat.DOCKER) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "Layers are to be packed with zstd, for which Docker's format has no media type.",
                    "Use the format oci, or gzip.");
        }
        Optional<Descriptor> known = stored(layer, format);
        if (known.isPresent()) {
            return LayerBlobs.typed(known.get(), format);
        }
        StoreLock lock = store.lock(layer.digest());
        try (lock) {
            known = stored(layer, format); // somebody may have made it meanwhile
            return LayerBlobs.typed(known.isPresent() ? known.get() : pack(layer), format);
        }
    }

    private Optional<Descriptor> stored(DiffId layer, ImageFormat format) throws IOException {
        boolean pulledOnly = !store.contains(layer.digest());
        if (pulledOnly && !wanted.force()) {
            Optional<Descriptor> asPulled = ofKind(layer, format, null);
            if (asPulled.isPresent()) {
                return asPulled;
            }
        }
        return wanted.level() == null ? ofKind(layer, format, kind) : Optional.empty();
    }

    private Optional<Descriptor> ofKind(DiffId layer, ImageFormat format, @Nullable Compression asked)
            throws IOException {
        return blobs.stored(layer).stream()
                .filter(form -> LayerBlobs.isAllowed(form, format))
                .filter(form -> {
                    Compression is = Compression.of(form.mediaType());
                    return asked == null ? is != Compression.NONE : is == asked;
                })
                .findFirst();
    }

    private Descriptor pack(DiffId layer) throws IOException {
        try (BlobWriter blob = store.newBlob()) {
            try (OutputStream packing = packing(new Unclosed(blob))) {
                blobs.copyTar(layer, packing);
            }
            Descriptor made = blob.commit(MediaType.layer(ImageFormat.OCI, kind));
            if (wanted.level() == null) {
                store.remember(layer, made);
            }
            return made;
        }
    }

    private OutputStream packing(OutputStream blob) throws IOException {
        Integer level = wanted.level();
        if (kind == Compression.ZSTD) {
            try {
                return new ZstdOutputStreamNoFinalizer(blob, level == null ? Zstd.defaultCompressionLevel() : level);
            } catch (LinkageError notForThisMachine) {
                throw new HostUnsuitable(
                        FailureCode.HOST_UNSUITABLE,
                        "Layers are to be packed with zstd, and its library does not work on this machine: "
                                + notForThisMachine.getMessage() + ".",
                        "Use gzip.",
                        notForThisMachine);
            }
        }
        return level == null ? new GZIPOutputStream(blob, BUFFER) : new LevelledGzip(blob, level);
    }

    /** The JDK's stream has no parameter for the level. */
    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }
    }

    /** A packing stream ends with its trailer, the blob below goes on to its commit. */
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
