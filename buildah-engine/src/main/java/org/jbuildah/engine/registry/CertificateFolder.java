package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.http.ClientIdentity;

/**
 * What one folder of {@code certs.d} holds. A client certificate and its key are a pair by their names, {@code NAME.cert} and
 * {@code NAME.key}; one without the other is a mistake, and refused.
 *
 * @param authorities of {@code *.crt}: what a registry shows may come from one of them
 * @param identities of the pairs, in the order of their names
 */
record CertificateFolder(List<Certificate> authorities, List<ClientIdentity> identities) {
    static final CertificateFolder EMPTY = new CertificateFolder(List.of(), List.of());

    CertificateFolder {
        authorities = List.copyOf(authorities);
        identities = List.copyOf(identities);
    }

    /** @throws RequestInvalid if a file of it cannot be used */
    static CertificateFolder read(Path folder) {
        List<Certificate> authorities = new ArrayList<>();
        List<ClientIdentity> identities = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".crt")) {
                authorities.addAll(certificates(file));
            } else if (name.endsWith(".cert")) {
                identities.add(identity(file, partner(file, ".key")));
            } else if (name.endsWith(".key")) {
                partner(file, ".cert");
            }
        }
        return new CertificateFolder(authorities, identities);
    }

    private static Collection<Path> files(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{crt,cert,key}")) {
            Collection<Path> sorted = new TreeSet<>();
            files.forEach(sorted::add);
            return sorted;
        } catch (IOException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The certificate directory \"" + folder + "\" cannot be read: " + reason(e) + ".",
                    "Let this user read it, or remove it.",
                    e);
        }
    }

    private static Path partner(Path file, String extension) {
        String name = file.getFileName().toString();
        Path partner = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + extension);
        if (!Files.exists(partner)) {
            boolean key = extension.equals(".key");
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The client " + (key ? "certificate " : "key ") + file + " has no " + (key ? "key" : "certificate")
                            + " beside it: there is no " + partner.getFileName() + ".",
                    key
                            ? "Put its key there. The certificate of an authority, which needs none, ends in .crt."
                            : "Put its certificate there, or remove the key.");
        }
        return partner;
    }

    private static ClientIdentity identity(Path file, Path key) {
        List<X509Certificate> chain = certificates(file).stream()
                .map(X509Certificate.class::cast) // what a factory of X.509 makes
                .toList();
        try {
            return new ClientIdentity(PemKey.read(key, chain.get(0).getPublicKey()), chain);
        } catch (IOException | GeneralSecurityException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The client key " + key + " cannot be used: " + reason(e) + ".",
                    "It is the PEM key, without a password, that " + file.getFileName() + " was made for.",
                    e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The registry certificates in " + file + " cannot be read: " + reason(e) + ".",
                    "Make it a readable PEM or DER certificate, or remove it.",
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException failure ? Reasons.of(failure) : String.valueOf(e.getMessage());
    }
}
