package org.jbuildah.engine.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in the forms that openssl writes: PKCS#8, and the older ones of RSA (PKCS#1) and of elliptic curves (SEC 1), which Java reads
 * only as part of the first. No message has a byte of a key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>: PEM
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208#section-5">RFC 5208</a>: PKCS#8
 */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (|RSA |EC |ENCRYPTED )PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 1, 0};
    private static final int SHORT_LENGTH = 0x80;

    private PemKey() {}

    /**
     * @param partner the public key that it must belong to
     * @throws IOException if it cannot be read, is encrypted, or belongs to another one
     */
    static PrivateKey read(Path file, PublicKey partner) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new IOException("it is no private key in PEM form");
        }
        String kind = block.group(1).strip();
        if (kind.equals("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw new IOException("it is encrypted");
        }
        PrivateKey key = KeyFactory.getInstance(partner.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(kind, block.group(2), partner)));
        if (!belong(key, partner)) {
            throw new IOException("it belongs to another certificate");
        }
        return key;
    }

    private static byte[] pkcs8(String kind, String base64, PublicKey partner) throws IOException {
        byte[] key;
        try {
            key = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not base64", e);
        }
        return kind.isEmpty()
                ? key
                : element(SEQUENCE, VERSION_0, algorithm(partner.getEncoded()), element(OCTET_STRING, key));
    }

    /** The algorithm, with the curve if there is one: the first element of a SubjectPublicKeyInfo. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = content(publicKey, 0);
        int length = publicKey[start + 1] & 0xff; // short: an identifier and the name of a curve
        return Arrays.copyOfRange(publicKey, start, content(publicKey, start) + length);
    }

    /** Where the content of the DER element at that place begins. */
    private static int content(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < SHORT_LENGTH ? 0 : length - SHORT_LENGTH);
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            all.writeBytes(content);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (all.size() >= 1 << Byte.SIZE) { // DER allows the shortest form only
            element.write(SHORT_LENGTH + 2);
            element.write(all.size() >> Byte.SIZE);
        } else if (all.size() >= SHORT_LENGTH) {
            element.write(SHORT_LENGTH + 1);
        }
        element.write(all.size()); // its low eight bits
        element.writeBytes(all.toByteArray());
        return element.toByteArray();
    }

    private static boolean belong(PrivateKey key, PublicKey partner) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (partner.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> partner.getAlgorithm();
                });
        byte[] trial = {1, 2, 3};
        signature.initSign(key);
        signature.update(trial);
        byte[] signed = signature.sign();
        signature.initVerify(partner);
        signature.update(trial);
        return signature.verify(signed);
    }
}
