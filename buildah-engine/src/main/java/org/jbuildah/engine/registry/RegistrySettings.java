package org.jbuildah.engine.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.http.HttpSettings;

/**
 * How registries are talked to.
 *
 * @param verifyTls false: any certificate is trusted, and plain HTTP is spoken where the port has no TLS. Loopback registries may always
 *     speak plain HTTP.
 * @param proxies {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in either case, as in an environment
 * @param certificates folders that hold {@code <host[:port]>/*.crt}, trusted beside the platform's own
 * @param retries how often a request is tried again after a lost connection, 429 or 5xx
 * @param firstPause the pause before the first retry; it doubles with each
 * @param stall how long a transfer may stand still before it counts as lost
 */
public record RegistrySettings(
        boolean verifyTls,
        Map<String, String> proxies,
        List<Path> certificates,
        int retries,
        Duration firstPause,
        Duration connectTimeout,
        Duration stall) {
    public RegistrySettings {
        proxies = Map.copyOf(proxies);
        certificates = List.copyOf(certificates);
    }

    /** The defaults, with the proxies of an environment and the certificate folders of this machine. */
    public static RegistrySettings of(Map<String, String> environment) {
        return new RegistrySettings(
                true,
                environment,
                List.of(Path.of("/etc/containers/certs.d"), Path.of("/etc/docker/certs.d")),
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    HttpSettings http() {
        return new HttpSettings(!verifyTls, proxies, connectTimeout, stall);
    }

    public RegistrySettings withVerifyTls(boolean value) {
        return new RegistrySettings(value, proxies, certificates, retries, firstPause, connectTimeout, stall);
    }

    public RegistrySettings withCertificates(List<Path> value) {
        return new RegistrySettings(verifyTls, proxies, value, retries, firstPause, connectTimeout, stall);
    }

    public RegistrySettings withRetries(int value, Duration pause) {
        return new RegistrySettings(verifyTls, proxies, certificates, value, pause, connectTimeout, stall);
    }

    public RegistrySettings withStall(Duration value) {
        return new RegistrySettings(verifyTls, proxies, certificates, retries, firstPause, connectTimeout, value);
    }
}
