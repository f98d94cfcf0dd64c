package org.jbuildah.engine.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.jbuildah.engine.http.HttpCall;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.HttpTrouble;

/**
 * Finds out how a registry is to be addressed: https, or http where that is allowed and the port does not speak TLS.
 *
 * <p>The question is put without credentials, and any certificate will do for it; the real requests verify.
 */
final class RegistryFront {
    private final RegistryHost registry;
    private final boolean verifyTls;
    private final HttpPort asking;
    private final HttpPort clear;

    /** @param asking trusts any certificate and gives up soon: a port without TLS may just hold its tongue */
    RegistryFront(RegistryHost registry, boolean verifyTls, HttpPort asking, HttpPort clear) {
        this.registry = registry;
        this.verifyTls = verifyTls;
        this.asking = asking;
        this.clear = clear;
    }

    /** The address of the API's root, such as {@code https://registry-1.docker.io/v2/}. */
    URI base() throws IOException, InterruptedException {
        URI secure = root("https");
        if (verifyTls && !registry.loopback()) {
            return secure;
        }
        try {
            ask(asking, secure);
            return secure;
        } catch (IOException e) {
            if (absent(e)) {
                throw e;
            }
            if (HttpTrouble.alert(e).isPresent()) {
                return secure; // it speaks TLS, and wants to know who asks; the real request tells it
            }
            URI inClear = root("http");
            try {
                ask(clear, inClear);
            } catch (IOException alsoClear) {
                alsoClear.addSuppressed(e);
                throw new IOException(
                        "it speaks neither https (" + e.getMessage() + ") nor http (" + alsoClear.getMessage() + ")",
                        alsoClear);
            }
            return inClear;
        }
    }

    private static boolean absent(IOException e) {
        return e instanceof ConnectException
                || HttpTrouble.caused(e, UnknownHostException.class)
                || HttpTrouble.caused(e, UnresolvedAddressException.class);
    }

    private static void ask(HttpPort port, URI root) throws IOException, InterruptedException {
        port.send(HttpCall.of("GET", root), Optional.empty(), root).close();
    }

    private URI root(String scheme) throws IOException {
        try {
            URI uri = URI.create(scheme + "://" + registry.api() + "/v2/");
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + registry.name() + "\" is not a host name", e);
        }
        throw new IOException("\"" + registry.name() + "\" is not a host name");
    }
}
