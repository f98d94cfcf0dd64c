package org.jbuildah.engine.http;

import java.time.Duration;
import java.util.Map;

/**
 * How requests are sent.
 *
 * @param downgradeAllowed whether a redirect may lead from https to http; to this machine itself it always may
 * @param proxies {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in either case, as in an environment
 * @param stall how long a transfer may stand still before it counts as lost
 */
public record HttpSettings(
        boolean downgradeAllowed, Map<String, String> proxies, Duration connectTimeout, Duration stall) {
    public HttpSettings {
        proxies = Map.copyOf(proxies);
    }
}
