package org.jbuildah.engine.registry;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.HttpCall;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.RequestBody;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.http.Uris;

/**
 * Asks the service that a registry names for bearer tokens.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth2 token authentication</a>
 */
final class TokenService {
    private static final int DOCUMENT_LIMIT = 1 << 20;
    private static final long DEFAULT_LIFE_IN_SECONDS = 60; // as the token flow has it

    /** A token and the time from which it should not be used any more. */
    record Token(String value, Instant stale) {}

    private final HttpPort port;
    private final RetryPolicy retry;
    private final boolean verifyTls;
    private final Clock clock;

    TokenService(HttpPort port, RetryPolicy retry, boolean verifyTls, Clock clock) {
        this.port = port;
        this.retry = retry;
        this.verifyTls = verifyTls;
        this.clock = clock;
    }

    /** @throws org.jbuildah.engine.api.BuildException if the service refuses, or must not be given the credential */
    Token fetch(
            Challenge challenge,
            URI registry,
            List<String> scopes,
            Optional<RegistryCredential> credential,
            List<String> places,
            Errand errand)
            throws IOException, InterruptedException {
        URI realm = realm(challenge, registry);
        if (credential.isPresent()) {
            refuseClearText(realm, credential.get(), errand);
        }
        HttpAnswer answer = ask(realm, challenge.parameter("service"), scopes, credential);
        if (!answer.success()) {
            throw refusal(answer, realm, credential, places, errand);
        }
        return read(answer, realm);
    }

    private static RuntimeException refusal(
            HttpAnswer answer, URI realm, Optional<RegistryCredential> credential, List<String> places, Errand errand) {
        String complaint = "its token service " + Uris.shown(realm) + " answers " + RegistryJson.complaint(answer);
        return answer.passing()
                ? Letters.refused(errand, "asking for a token", complaint)
                : Letters.denied(errand, complaint, credential, places);
    }

    private static URI realm(Challenge challenge, URI registry) throws IOException {
        String realm = challenge
                .parameter("realm")
                .orElseThrow(() -> new IOException("the registry asks for a bearer token without naming a realm"));
        return Uris.resolve(registry, realm);
    }

    private void refuseClearText(URI realm, RegistryCredential credential, Errand errand) {
        if (verifyTls && !Uris.secure(realm) && !Uris.isLoopback(Uris.host(realm))) {
            throw errand.failure(
                    FailureCode.REGISTRY_DENIED,
                    errand.doing() + " failed: the registry names the token service " + Uris.shown(realm) + ", where "
                            + credential + " would travel in the clear.",
                    "Have the registry name a https:// realm, or switch TLS verification off for it.",
                    null);
        }
    }

    private HttpAnswer ask(
            URI realm, Optional<String> service, List<String> scopes, Optional<RegistryCredential> credential)
            throws IOException, InterruptedException {
        if (credential.isPresent() && credential.get() instanceof RegistryCredential.IdentityToken identity) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", identity.token());
            return send(post(realm, service, scopes, form), Optional.empty(), realm);
        }
        URI get = realm;
        if (service.isPresent()) {
            get = Uris.with(get, "service", service.get());
        }
        for (String scope : scopes) {
            get = Uris.with(get, "scope", scope);
        }
        HttpCall request = HttpCall.of("GET", get);
        if (credential.isPresent() && credential.get() instanceof RegistryCredential.UserPassword login) {
            HttpAnswer answer = send(request, Optional.of(basic(login)), realm);
            if (answer.status() != 404 && answer.status() != 405) {
                return answer;
            }
            answer.close(); // a service that speaks OAuth2 only
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "password");
            form.put("username", login.user());
            form.put("password", login.password());
            return send(post(realm, service, scopes, form), Optional.empty(), realm);
        }
        return send(request, Optional.empty(), realm);
    }

    private static HttpCall post(URI realm, Optional<String> service, List<String> scopes, Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        service.ifPresent(value -> all.put("service", value));
        all.put("scope", String.join(" ", scopes));
        all.put("client_id", "jbuildah");
        String text = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Uris.encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return new HttpCall(
                "POST",
                realm,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                RequestBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpAnswer send(HttpCall request, Optional<String> authorization, URI home)
            throws IOException, InterruptedException {
        return retry.send(() -> port.send(request, authorization, home));
    }

    static String basic(RegistryCredential.UserPassword login) {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private Token read(HttpAnswer answer, URI realm) throws IOException {
        JsonObject document;
        try {
            document = RegistryJson.object(answer.bytes(DOCUMENT_LIMIT));
        } catch (IOException e) {
            throw new IOException("the token service " + Uris.shown(realm) + " answers no token: " + e.getMessage(), e);
        }
        String token = RegistryJson.string(document, "token")
                .or(() -> RegistryJson.string(document, "access_token"))
                .orElseThrow(() -> new IOException("the token service " + Uris.shown(realm) + " answers no token"));
        long life = RegistryJson.number(document, "expires_in").orElse(DEFAULT_LIFE_IN_SECONDS);
        // a tenth early: the clock starts when the service answers, not when we read
        return new Token(
                token,
                clock.instant()
                        .plus(Duration.ofSeconds(Math.max(1, life))
                                .multipliedBy(9)
                                .dividedBy(10)));
    }
}
