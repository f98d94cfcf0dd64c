package org.jbuildah.engine.build;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The bytes of a file that ADD may have to unpack: compression is told by content, never by name.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives">Dockerfile reference: ADD, local tar archives</a>
 */
public final class Archive {
    private static final int LONGEST_MAGIC = 6;
    private static final int BUFFER = 128 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private Archive() {}

    /**
     * The bytes behind the compression, if there is one that is known.
     *
     * @throws IOException if the compression is broken
     */
    public static InputStream plain(InputStream file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file, BUFFER);
        in.mark(LONGEST_MAGIC);
        byte[] magic = in.readNBytes(LONGEST_MAGIC);
        in.reset();
        if (begins(magic, GZIP)) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (begins(magic, BZIP2)) {
            return new BZip2CompressorInputStream(in, true);
        }
        if (begins(magic, XZ)) {
            return new XZInputStream(in);
        }
        return begins(magic, ZSTD) ? new ZstdInputStreamNoFinalizer(in) : in;
    }

    private static boolean begins(byte[] bytes, byte[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || bytes[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
