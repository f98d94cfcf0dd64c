package org.jbuildah.engine.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a blob by its bytes.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">image-spec: digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("(sha256):([0-9a-f]{64})|(sha512):([0-9a-f]{128})");

    public Digest {
        if (!FORM.matcher(algorithm + ":" + hex).matches()) {
            throw new IllegalArgumentException("not a digest: \"" + algorithm + ":" + hex + "\"");
        }
    }

    /**
     * Reads the form {@code algorithm:hex}.
     *
     * @throws IllegalArgumentException if the text is not a sha256 or sha512 digest
     */
    public static Digest parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a digest: \"" + text + "\"");
        }
        int colon = text.indexOf(':');
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The sha256 digest of some bytes. */
    public static Digest of(byte[] bytes) {
        return finish(sha256(bytes));
    }

    /** A fresh SHA-256 computation, for those who see the bytes pass by. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Ends a computation that {@link #sha256()} began. */
    public static Digest finish(MessageDigest sha256) {
        return new Digest("sha256", HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return digest;
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    // a record's own are made of method handles while a build starts, and every build uses these

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && hex.equals(digest.hex) && algorithm.equals(digest.algorithm);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    /** {@code algorithm:hex}. */
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
