package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The few questions that are put to addresses. */
public final class Uris {
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    private Uris() {}

    /** Scheme, host and port: who would see what is sent there. */
    public static String origin(URI uri) {
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host(uri) + ":" + port;
    }

    public static String host(URI uri) {
        return Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    }

    public static boolean secure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Whether a host, without a port, is this machine itself by its very name. */
    public static boolean isLoopback(String host) {
        String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return bare.equals("localhost")
                || bare.equals("::1")
                || LOOPBACK_ADDRESS.matcher(bare).matches();
    }

    public static URI resolve(URI base, String reference) throws IOException {
        URI uri;
        try {
            uri = base.resolve(reference);
        } catch (IllegalArgumentException e) {
            throw new IOException("the server names an address that is none: \"" + reference + "\"", e);
        }
        if (uri.getHost() == null
                || !("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
            throw new IOException("the server names an address that is none of HTTP: \"" + reference + "\"");
        }
        return uri;
    }

    /** The same address with one more query parameter. */
    public static URI with(URI uri, String name, String value) {
        String text = uri.toString();
        return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + name + "=" + encoded(value));
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** For the user's eyes: without the query, which may hold a signature. */
    public static String shown(URI uri) {
        String port = uri.getPort() >= 0 ? ":" + uri.getPort() : "";
        return uri.getScheme() + "://" + uri.getHost() + port + Objects.requireNonNullElse(uri.getRawPath(), "");
    }
}
