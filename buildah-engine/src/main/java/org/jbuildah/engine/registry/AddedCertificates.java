package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/**
 * The certificates that the machine's owner lets a registry show, beside the platform's.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md">containers-certs.d(5)</a>
 */
final class AddedCertificates {
    private AddedCertificates() {}

    static List<Certificate> of(List<Path> folders, String registry) {
        List<Certificate> certificates = new ArrayList<>();
        for (Path folder : folders) {
            Optional<Path> own = ownFolder(folder, registry);
            if (own.isPresent()) {
                readAll(own.get(), certificates);
            }
        }
        return certificates;
    }

    private static Optional<Path> ownFolder(Path folder, String registry) {
        try {
            return Optional.of(folder.resolve(registry)).filter(Files::isDirectory);
        } catch (InvalidPathException e) {
            return Optional.empty(); // a file system that cannot spell host:port holds no such folder
        }
    }

    private static void readAll(Path folder, List<Certificate> into) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (Path file : files) {
                into.addAll(read(file));
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException | CertificateException e) {
            throw unreadable(file, e);
        }
    }

    private static RequestInvalid unreadable(Path path, Exception e) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "The registry certificates in " + path + " cannot be read: " + e.getMessage() + ".",
                "Make it a readable PEM or DER certificate, or remove it.",
                e);
    }
}
