package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How registries are talked to. Logins are no part of it: they are asked for where they are needed, and kept nowhere.
 *
 * @param verifyTls false: a registry may speak plain HTTP or show any certificate. Loopback registries may always speak plain HTTP
 * @param certDir a directory whose certificates and client keys count for every registry; null for those that the machine keeps for each
 * @param retries how often a request is tried again after a lost connection or an answer that may pass, such as 429 and 5xx
 * @param retryDelay the pause before each retry; null for one second, doubled each time. A pause that the registry asks for counts before
 */
public record RegistryOptions(boolean verifyTls, @Nullable Path certDir, int retries, @Nullable Duration retryDelay) {
    public static final RegistryOptions DEFAULT = new RegistryOptions(true, null, 3, null);

    /** @throws RequestInvalid if a number is less than nothing */
    public RegistryOptions {
        if (retries < 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "Requests to registries are to be tried again " + retries + " times.",
                    "Write 0 for never, or a number such as 5.");
        }
        if (retryDelay != null && retryDelay.isNegative()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The delay before a request to a registry is tried again is " + retryDelay.toSeconds() + " s.",
                    "Write 0 for none, or leave it out for one second that doubles each time.");
        }
    }

    public RegistryOptions withVerifyTls(boolean value) {
        return new RegistryOptions(value, certDir, retries, retryDelay);
    }

    public RegistryOptions withCertDir(@Nullable Path value) {
        return new RegistryOptions(verifyTls, value, retries, retryDelay);
    }

    public RegistryOptions withRetries(int value, @Nullable Duration delay) {
        return new RegistryOptions(verifyTls, certDir, value, delay);
    }
}
