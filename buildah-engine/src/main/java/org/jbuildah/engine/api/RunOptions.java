package org.jbuildah.engine.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about every {@code RUN}: what each process gets beside what the Dockerfile says, and how long it may take.
 *
 * @param timeout the longest that one {@code RUN} may take; null for no limit
 * @param proxyVariables {@code HTTP_PROXY} and its kin, given to each {@code RUN} and never committed
 */
public record RunOptions(@Nullable Duration timeout, Map<String, String> proxyVariables) {
    public static final RunOptions DEFAULT = new RunOptions(null, Map.of());

    public RunOptions {
        proxyVariables = Collections.unmodifiableMap(new LinkedHashMap<>(proxyVariables));
    }

    public RunOptions withTimeout(@Nullable Duration value) {
        return new RunOptions(value, proxyVariables);
    }

    public RunOptions withProxyVariables(Map<String, String> value) {
        return new RunOptions(timeout, value);
    }
}
