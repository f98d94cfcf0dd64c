package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Digest;

/** The bytes of a file that is named by their digest; who reads them all has the right ones, or a {@link StoreBroken}. */
final class StoredBytes extends InputStream {
    private final Path file;
    private final Digest named;
    private final InputStream in;
    private final MessageDigest digest;
    private long left;
    private boolean compared;

    StoredBytes(Path file, Digest named) throws IOException {
        this.file = file;
        this.named = named;
        this.in = Files.newInputStream(file);
        this.digest = VerifiedInput.digestOf(named.algorithm());
        this.left = Files.size(file);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            digest.update(bytes, offset, count);
            left -= count;
        }
        // compared before the last bytes are handed out: some readers count, and never ask for the end
        if (!compared && (count < 0 || left <= 0)) {
            compared = true;
            compare();
        }
        return count;
    }

    private void compare() {
        String hex = HexFormat.of().formatHex(digest.digest());
        if (!hex.equals(named.hex())) {
            throw StoreTrouble.corrupt(file, named, "its bytes have the digest " + named.algorithm() + ":" + hex);
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
