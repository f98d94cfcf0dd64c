package org.jbuildah.engine.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where credentials come from. Asked once per registry and repository, from several threads. */
public interface CredentialLookup {
    /**
     * The credential for a repository.
     *
     * @param registry {@code host[:port]} as references have it, {@code docker.io} for Docker Hub
     * @param repository the path in it; a more specific entry wins over one for the whole registry
     * @throws org.jbuildah.engine.api.RequestInvalid if a place that should be read cannot be
     */
    Optional<RegistryCredential> find(String registry, String repository);

    /** The places it looks at, in order, for the letter that says that none was found. */
    List<String> places();

    /** Asks others where this one knows nothing. */
    default CredentialLookup orElse(CredentialLookup next) {
        CredentialLookup first = this;
        return new CredentialLookup() {
            @Override
            public Optional<RegistryCredential> find(String registry, String repository) {
                return first.find(registry, repository).or(() -> next.find(registry, repository));
            }

            @Override
            public List<String> places() {
                List<String> all = new ArrayList<>(first.places());
                all.addAll(next.places());
                return List.copyOf(all);
            }
        };
    }

    /** The same for every registry and repository, as {@code --creds} gives it. */
    static CredentialLookup of(RegistryCredential login) {
        return new CredentialLookup() {
            @Override
            public Optional<RegistryCredential> find(String registry, String repository) {
                return Optional.of(login);
            }

            @Override
            public List<String> places() {
                return List.of(login.source());
            }
        };
    }

    /** Knows none: every registry is asked anonymously. */
    static CredentialLookup none() {
        return new CredentialLookup() {
            @Override
            public Optional<RegistryCredential> find(String registry, String repository) {
                return Optional.empty();
            }

            @Override
            public List<String> places() {
                return List.of();
            }
        };
    }
}
