package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates a server may show, and which it is shown. */
public final class Trust {
    private static final char[] NO_PASSWORD = {};

    private Trust() {}

    /** The platform's certificates. */
    public static SSLContext platform() {
        return platformAnd(List.of(), List.of());
    }

    /** The platform's certificates, and more; {@code identities} for servers that ask who we are. */
    public static SSLContext platformAnd(List<Certificate> more, List<ClientIdentity> identities) {
        try {
            if (more.isEmpty() && identities.isEmpty()) {
                return SSLContext.getDefault();
            }
            return context(keyManagers(identities), more.isEmpty() ? trustManagers(null) : trustManagers(with(more)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has X.509 and TLS", e);
        }
    }

    private static KeyStore with(List<Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
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
        return store;
    }

    /** Any certificate for any host: only ever for whoever switched verification off, or to ask whether a port speaks TLS. */
    public static SSLContext anything(List<ClientIdentity> identities) {
        try {
            return context(keyManagers(identities), new TrustManager[] {new TrustAnything()});
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static KeyManager @Nullable [] keyManagers(List<ClientIdentity> identities)
            throws GeneralSecurityException, IOException {
        if (identities.isEmpty()) {
            return null; // none is shown
        }
        KeyStore store = emptyStore(); // in memory only
        for (ClientIdentity identity : identities) {
            store.setKeyEntry(
                    "client-" + store.size(),
                    identity.key(),
                    NO_PASSWORD,
                    identity.chain().toArray(Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(KeyManager @Nullable [] shown, TrustManager[] accepted)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, accepted, new SecureRandom());
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
