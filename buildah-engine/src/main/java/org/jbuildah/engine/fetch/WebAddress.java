package org.jbuildah.engine.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a file.
 *
 * @param written as the user wrote it
 * @param uri without fragment and user, what is not allowed in an address written as {@code %XX}
 */
public record WebAddress(String written, URI uri) {
    private static final String ALLOWED = "-._~:/?@!$&'()*+,;=%";
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String NAMELESS = "__unnamed__";

    /** @throws IllegalArgumentException if it is no address; the message is a sentence */
    static WebAddress parse(String written) {
        int hash = written.indexOf('#');
        String text = hash < 0 ? written : written.substring(0, hash);
        if (BROKEN_ESCAPE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "\"" + hidden(written) + "\" is no URL: a percent sign must stand before two hexadecimal digits.");
        }
        int start = text.indexOf("://") + 3;
        int end = authorityEnd(text, start);
        int user = text.lastIndexOf('@', end - 1);
        String bare = text.substring(0, start) + text.substring(user < start ? start : user + 1, end);
        try {
            URI uri = new URI(bare + escaped(text.substring(end)));
            if (uri.getHost() != null) {
                return new WebAddress(written, uri);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + hidden(written) + "\" is no URL: " + e.getReason() + ".", e);
        }
        throw new IllegalArgumentException("\"" + hidden(written) + "\" is no URL: it names no host.");
    }

    private static int authorityEnd(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '/' || text.charAt(i) == '?') {
                return i;
            }
        }
        return text.length();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
            escaped.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
        }
        return escaped.toString();
    }

    /** The name that the file has by its address alone; {@code __unnamed__} where the path ends in no name. */
    public String fileName() {
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceAll("/+$", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? NAMELESS : name;
    }

    /** The address for a reader: neither user and password nor the query, which may hold a signature. */
    public String shown() {
        return uri.getScheme() + "://" + uri.getRawAuthority()
                + Optional.ofNullable(uri.getRawPath()).orElse("");
    }

    /** The login that was written into the address, as a header's value. */
    Optional<String> authorization() {
        int start = written.indexOf("://") + 3;
        int end = authorityEnd(written, start);
        int at = written.lastIndexOf('@', end - 1);
        if (at < start) {
            return Optional.empty();
        }
        String login = GitReference.decoded(written.substring(start, at).replace("+", "%2B"));
        String pair = login.contains(":") ? login : login + ":";
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** An address without the login in it. */
    static String hidden(String address) {
        return address.replaceFirst("^([a-zA-Z0-9]+://)[^/?#]*@", "$1");
    }
}
