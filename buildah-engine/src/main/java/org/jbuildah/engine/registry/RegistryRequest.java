package org.jbuildah.engine.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.http.HttpCall;
import org.jbuildah.engine.http.RequestBody;

/**
 * A request to a registry.
 *
 * @param scopes what a bearer token for it must allow
 */
record RegistryRequest(HttpCall call, List<String> scopes) {
    RegistryRequest {
        scopes = List.copyOf(scopes);
    }

    static RegistryRequest of(String method, URI uri, Errand errand) {
        return new RegistryRequest(HttpCall.of(method, uri), List.of(errand.scope()));
    }

    RegistryRequest withHeader(String name, String value) {
        return new RegistryRequest(call.withHeader(name, value), scopes);
    }

    RegistryRequest withBody(RequestBody body) {
        return new RegistryRequest(call.withBody(body), scopes);
    }

    RegistryRequest withScope(String another) {
        List<String> more = new ArrayList<>(scopes);
        more.add(another);
        return new RegistryRequest(call, more);
    }
}
