package org.jbuildah.engine.registry;

/** What proves to a registry who is asking. Its text form never shows the secret. */
public sealed interface RegistryCredential {
    /** Where it was found, for the letter that says it was refused: {@code /root/.docker/config.json}. */
    String source();

    /** For Basic, and for asking a token service. */
    record UserPassword(String user, String password, String source) implements RegistryCredential {
        @Override
        public String toString() {
            return "user \"" + user + "\" from " + source;
        }
    }

    /** An OAuth2 refresh token that {@code login} left in place of a password. */
    record IdentityToken(String token, String source) implements RegistryCredential {
        @Override
        public String toString() {
            return "an identity token from " + source;
        }
    }

    /** A bearer token to be shown to the registry as it is. */
    record RegistryToken(String token, String source) implements RegistryCredential {
        @Override
        public String toString() {
            return "a registry token from " + source;
        }
    }
}
