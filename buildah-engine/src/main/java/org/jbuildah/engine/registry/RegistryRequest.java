package org.jbuildah.engine.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it is sent as often as it takes.
 *
 * @param scopes what a bearer token for it must allow
 */
record RegistryRequest(
        String method, URI uri, Map<String, String> headers, @Nullable RequestBody body, List<String> scopes) {
    RegistryRequest {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
    }

    static RegistryRequest of(String method, URI uri, Errand errand) {
        return new RegistryRequest(method, uri, Map.of(), null, List.of(errand.scope()));
    }

    RegistryRequest withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new RegistryRequest(method, uri, more, body, scopes);
    }

    RegistryRequest withBody(RequestBody other) {
        return new RegistryRequest(method, uri, headers, other, scopes);
    }

    RegistryRequest withScope(String another) {
        List<String> more = new ArrayList<>(scopes);
        more.add(another);
        return new RegistryRequest(method, uri, headers, body, more);
    }

    RegistryRequest to(URI elsewhere) {
        return new RegistryRequest(method, elsewhere, headers, body, scopes);
    }

    RegistryRequest asGet() {
        return new RegistryRequest("GET", uri, headers, null, scopes);
    }
}
