package org.jbuildah.engine.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jbuildah.engine.oci.Digest;

/** Digests by the algorithm that someone else chose. */
final class Digests {
    private Digests() {}

    /** The digest of bytes by the algorithm of another digest. */
    static Digest like(Digest other, byte[] bytes) {
        MessageDigest computation = computation(other);
        computation.update(bytes);
        return finish(other, computation);
    }

    static MessageDigest computation(Digest like) {
        try {
            return MessageDigest.getInstance(like.algorithm().equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has SHA-256 and SHA-512", e);
        }
    }

    static Digest finish(Digest like, MessageDigest computation) {
        return new Digest(like.algorithm(), HexFormat.of().formatHex(computation.digest()));
    }
}
