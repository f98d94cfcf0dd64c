package org.jbuildah.engine.content;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jbuildah.engine.oci.Compression;

/** The plain tar in a layer's blob, by what its first bytes say: media types of registries are wrong now and then. */
final class LayerBytes {
    private static final int BUFFER = 64 * 1024;

    private final Compression compression;
    private final InputStream tar;

    private LayerBytes(Compression compression, InputStream tar) {
        this.compression = compression;
        this.tar = tar;
    }

    static LayerBytes of(InputStream blob) throws IOException {
        BlockInput input = new BlockInput(blob, BUFFER);
        byte[] start = input.peek(4);
        Compression compression = Compression.sniff(start, start.length);
        return switch (compression) {
            case NONE -> new LayerBytes(compression, input);
            case GZIP -> new LayerBytes(compression, new GZIPInputStream(input, BUFFER));
            case ZSTD -> new LayerBytes(compression, new ZstdInputStreamNoFinalizer(input));
        };
    }

    Compression compression() {
        return compression;
    }

    InputStream tar() {
        return tar;
    }
}
