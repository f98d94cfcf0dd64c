package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jspecify.annotations.Nullable;

/** The proxies that {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} name. Loopback is never proxied. */
final class ProxyEnvironment extends ProxySelector {
    private final @Nullable URI http;
    private final @Nullable URI https;
    private final NoProxy except;

    private ProxyEnvironment(@Nullable URI http, @Nullable URI https, NoProxy except) {
        this.http = http;
        this.https = https;
        this.except = except;
    }

    /** Empty where no variable is set: the JVM's own settings count then. */
    static Optional<ProxyEnvironment> of(Map<String, String> variables) {
        Optional<String> all = value(variables, "ALL_PROXY");
        URI http = proxy("HTTP_PROXY", value(variables, "HTTP_PROXY").or(() -> all));
        URI https = proxy("HTTPS_PROXY", value(variables, "HTTPS_PROXY").or(() -> all));
        if (http == null && https == null) {
            return Optional.empty();
        }
        return Optional.of(new ProxyEnvironment(
                http, https, NoProxy.parse(value(variables, "NO_PROXY").orElse(""))));
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name.toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(variables.get(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static @Nullable URI proxy(String name, Optional<String> value) {
        if (value.isEmpty()) {
            return null;
        }
        String text = value.get();
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw refused(name, "is not an address", e);
        }
        if (uri.getHost() == null) {
            throw refused(name, "names no host", null);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw refused(
                    name, "is a proxy of kind \"" + uri.getScheme() + "\"; only http:// proxies can be used", null);
        }
        return uri;
    }

    /** The value itself stays unsaid: it may hold a password. */
    private static RequestInvalid refused(String name, String why, @Nullable Throwable cause) {
        String what = "The proxy variable " + name + " (or ALL_PROXY) " + why + ".";
        String remedy = "Write it as http://host:port, or unset it.";
        return cause == null
                ? new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy)
                : new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy, cause);
    }

    @Override
    public List<Proxy> select(URI uri) {
        URI proxy = Uris.secure(uri) ? https : http;
        String host = Uris.host(uri);
        if (proxy == null || Uris.isLoopback(host) || except.covers(host, uri.getPort())) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = proxy.getPort() >= 0 ? proxy.getPort() : 80;
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // the request itself fails, and its letter says so
    }

    /** Answers a proxy that wants a login, if one of the variables holds one; asks nobody else anything. */
    Optional<Authenticator> authenticator() {
        return login(https).or(() -> login(http)).map(login -> new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY ? login : null;
            }
        });
    }

    private static Optional<PasswordAuthentication> login(@Nullable URI proxy) {
        if (proxy == null || proxy.getRawUserInfo() == null) {
            return Optional.empty();
        }
        String[] parts = proxy.getRawUserInfo().split(":", 2);
        String password = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
        return Optional.of(new PasswordAuthentication(
                URLDecoder.decode(parts[0], StandardCharsets.UTF_8), password.toCharArray()));
    }
}
