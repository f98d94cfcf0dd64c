package org.jbuildah.engine.content;

import java.io.IOException;
import java.security.MessageDigest;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;

/** A blob that is written to a temporary file while its digest is computed. */
final class BlobFile extends BlobWriter {
    private final StoreFolders folders;
    private final TemporaryFile file;
    private final MessageDigest sha256 = Digest.sha256();

    BlobFile(StoreFolders folders, TemporaryFile file) {
        this.folders = folders;
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        sha256.update((byte) b);
        file.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        sha256.update(bytes, offset, length);
        file.write(bytes, offset, length);
    }

    @Override
    public Descriptor commit(String mediaType) throws IOException {
        Digest digest = Digest.finish(sha256);
        long size = file.size();
        file.publishOnce(folders.blob(digest));
        return new Descriptor(mediaType, digest, size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
