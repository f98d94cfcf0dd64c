package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates a registry may show.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md">containers-certs.d(5)</a>
 */
final class Trust {
    private Trust() {}

    /** The certificates that the machine's owner added for a registry. */
    static List<Certificate> added(List<Path> folders, String registry) {
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

    /** The platform's certificates, and more. */
    static SSLContext platformAnd(List<Certificate> more) {
        try {
            if (more.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (TrustManager manager : trustManagers(null)) {
                if (manager instanceof X509TrustManager platform) {
                    for (X509Certificate certificate : platform.getAcceptedIssuers()) {
                        store.setCertificateEntry("platform-" + n++, certificate);
                    }
                }
            }
            for (Certificate certificate : more) {
                store.setCertificateEntry("added-" + n++, certificate);
            }
            return context(trustManagers(store));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has X.509 and TLS", e);
        }
    }

    /** Any certificate for any host: only ever for whoever switched verification off, or to ask whether a port speaks TLS. */
    static SSLContext anything() {
        try {
            return context(new TrustManager[] {new TrustAnything()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, new SecureRandom());
        return context;
    }

    /** Extended, because the JDK wraps any other kind with its check of the host name. */
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
