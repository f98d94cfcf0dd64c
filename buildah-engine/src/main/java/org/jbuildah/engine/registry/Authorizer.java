package org.jbuildah.engine.registry;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Knows how one registry wants to be asked, and keeps the tokens it accepted. */
final class Authorizer {
    private final RegistryHost registry;
    private final CredentialLookup lookup;
    private final TokenService tokenService;
    private final Clock clock;
    private final Map<List<String>, TokenService.Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Optional<RegistryCredential>> credentials = new ConcurrentHashMap<>();
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Challenge known;

    Authorizer(RegistryHost registry, CredentialLookup lookup, TokenService tokenService, Clock clock) {
        this.registry = registry;
        this.lookup = lookup;
        this.tokenService = tokenService;
        this.clock = clock;
    }

    Optional<RegistryCredential> credential(Errand errand) {
        return credentials.computeIfAbsent(
                errand.image().repository(), repository -> lookup.find(registry.name(), repository));
    }

    List<String> places() {
        return lookup.places();
    }

    /** The {@code Authorization} to start with; empty before the registry has asked for any. */
    Optional<String> header(List<String> scopes, URI base, Errand errand) throws IOException, InterruptedException {
        Challenge challenge = known;
        return challenge == null ? Optional.empty() : header(challenge, scopes, base, errand);
    }

    /**
     * The {@code Authorization} that answers a 401.
     *
     * @param rejected what was sent with the request that got the 401
     * @return empty if there is none that has not been rejected already
     */
    Optional<String> answer(
            List<Challenge> challenges, Optional<String> rejected, List<String> scopes, URI base, Errand errand)
            throws IOException, InterruptedException {
        Optional<Challenge> chosen = choose(challenges, "bearer").or(() -> choose(challenges, "basic"));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        known = chosen.get();
        rejected.ifPresent(header -> tokens.values().removeIf(token -> header.equals("Bearer " + token.value())));
        return header(chosen.get(), scopes, base, errand).filter(header -> !rejected.equals(Optional.of(header)));
    }

    private static Optional<Challenge> choose(List<Challenge> challenges, String scheme) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equals(scheme))
                .findFirst();
    }

    private Optional<String> header(Challenge challenge, List<String> scopes, URI base, Errand errand)
            throws IOException, InterruptedException {
        Optional<RegistryCredential> credential = credential(errand);
        if (credential.isPresent() && credential.get() instanceof RegistryCredential.RegistryToken token) {
            return Optional.of("Bearer " + token.token());
        }
        if (challenge.scheme().equals("basic")) {
            return credential
                    .filter(RegistryCredential.UserPassword.class::isInstance)
                    .map(login -> TokenService.basic((RegistryCredential.UserPassword) login));
        }
        return Optional.of("Bearer " + token(challenge, scopes, base, credential, errand));
    }

    private String token(
            Challenge challenge, List<String> scopes, URI base, Optional<RegistryCredential> credential, Errand errand)
            throws IOException, InterruptedException {
        fetching.lockInterruptibly(); // layers side by side want one token, not one each
        try {
            TokenService.Token token = tokens.get(scopes);
            if (token == null || !clock.instant().isBefore(token.stale())) {
                token = tokenService.fetch(challenge, base, scopes, credential, places(), errand);
                tokens.put(scopes, token);
            }
            return token.value();
        } finally {
            fetching.unlock();
        }
    }
}
