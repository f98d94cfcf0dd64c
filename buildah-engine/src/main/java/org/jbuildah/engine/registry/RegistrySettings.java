package org.jbuildah.engine.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.http.HttpSettings;
import org.jbuildah.engine.http.Pauses;

/**
 * How registries are talked to.
 *
 * @param verifyTls false: any certificate is trusted, and plain HTTP is spoken where the port has no TLS. Loopback registries may always
 *     speak plain HTTP.
 * @param proxies {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in either case, as in an environment
 * @param certificates those that count beside the platform's own
 * @param retries how often a request is tried again after a lost connection, 429 or 5xx
 * @param pauses before each retry
 * @param stall how long a transfer may stand still before it counts as lost
 */
public record RegistrySettings(
        boolean verifyTls,
        Map<String, String> proxies,
        Certificates certificates,
        int retries,
        Pauses pauses,
        Duration connectTimeout,
        Duration stall) {
    public RegistrySettings {
        proxies = Map.copyOf(proxies);
    }

    /** The defaults, with the proxies of an environment and the certificate folders of this machine. */
    public static RegistrySettings of(Map<String, String> environment) {
        return new RegistrySettings(
                true,
                environment,
                Certificates.ofThisMachine(environment),
                3,
                Pauses.doubling(Duration.ofSeconds(1)),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /**
     * With what a request asks for.
     *
     * @throws org.jbuildah.engine.api.RequestInvalid if a directory of certificates is named that cannot be used
     */
    public RegistrySettings with(RegistryOptions options) {
        Path folder = options.certDir();
        Duration delay = options.retryDelay();
        return new RegistrySettings(
                options.verifyTls(),
                proxies,
                folder == null ? certificates : Certificates.in(folder),
                options.retries(),
                delay == null ? pauses : Pauses.always(delay),
                connectTimeout,
                stall);
    }

    HttpSettings http() {
        return new HttpSettings(!verifyTls, proxies, connectTimeout, stall);
    }

    public RegistrySettings withVerifyTls(boolean value) {
        return new RegistrySettings(value, proxies, certificates, retries, pauses, connectTimeout, stall);
    }

    public RegistrySettings withCertificates(Certificates value) {
        return new RegistrySettings(verifyTls, proxies, value, retries, pauses, connectTimeout, stall);
    }

    public RegistrySettings withRetries(int value, Pauses before) {
        return new RegistrySettings(verifyTls, proxies, certificates, value, before, connectTimeout, stall);
    }

    public RegistrySettings withStall(Duration value) {
        return new RegistrySettings(verifyTls, proxies, certificates, retries, pauses, connectTimeout, value);
    }
}
