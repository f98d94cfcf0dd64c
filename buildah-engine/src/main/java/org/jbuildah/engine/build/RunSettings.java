package org.jbuildah.engine.build;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all RUNs of a build have in common and what never becomes part of the image.
 *
 * @param resolvConf the machine's {@code /etc/resolv.conf}
 * @param proxyVariables of the machine's environment
 * @param timeout null for none
 * @param clock tells when a RUN made its layer
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RunSettings(
        byte[] resolvConf, Map<String, String> proxyVariables, @Nullable Duration timeout, Clock clock) {
    static final String HOSTNAME = "buildkitsandbox";

    public RunSettings {
        proxyVariables = Map.copyOf(proxyVariables);
    }

    /** The {@code /etc/hosts} that every RUN sees. */
    byte[] hosts() {
        return ("127.0.0.1\tlocalhost " + HOSTNAME + "\n::1\tlocalhost ip6-localhost ip6-loopback\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
