package org.jbuildah.engine.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What proves to a server who is asking, where it asks for a certificate. Its text form never shows the key.
 *
 * @param chain the client's own certificate first
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "the client certificate of " + chain.get(0).getSubjectX500Principal();
    }
}
