package org.jbuildah.engine.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request, as it is sent as often as it takes. */
public record HttpCall(String method, URI uri, Map<String, String> headers, @Nullable RequestBody body) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** A request without headers and body. */
    public static HttpCall of(String method, URI uri) {
        return new HttpCall(method, uri, Map.of(), null);
    }

    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, body);
    }

    public HttpCall withBody(RequestBody other) {
        return new HttpCall(method, uri, headers, other);
    }

    HttpCall to(URI elsewhere) {
        return new HttpCall(method, elsewhere, headers, body);
    }

    HttpCall asGet() {
        return new HttpCall("GET", uri, headers, null);
    }
}
