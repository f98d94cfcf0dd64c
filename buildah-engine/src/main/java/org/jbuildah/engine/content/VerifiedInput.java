package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jbuildah.engine.oci.Descriptor;

/** Hands bytes on, copies them, and holds them against what a descriptor promises. */
final class VerifiedInput extends InputStream {
    private final InputStream in;
    private final Descriptor promised;
    private final OutputStream copy;
    private final MessageDigest digest;
    private long seen;

    VerifiedInput(InputStream in, Descriptor promised, OutputStream copy) {
        this.in = in;
        this.promised = promised;
        this.copy = copy;
        this.digest = digestOf(promised.digest().algorithm());
    }

    static MessageDigest digestOf(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT).replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
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
            seen += count;
            if (seen > promised.size()) {
                throw new IOException(
                        "the blob " + promised.digest() + " is longer than its " + promised.size() + " bytes");
            }
            digest.update(bytes, offset, count);
            copy.write(bytes, offset, count);
        }
        return count;
    }

    /** Reads what is left, and compares size and digest. */
    void finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        if (seen != promised.size()) {
            throw new IOException(
                    "the blob " + promised.digest() + " has " + seen + " bytes, and should have " + promised.size());
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        if (!hex.equals(promised.digest().hex())) {
            throw new IOException("the blob " + promised.digest() + " holds other bytes: their digest is "
                    + promised.digest().algorithm() + ":" + hex);
        }
    }
}
