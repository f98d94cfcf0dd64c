package org.jbuildah.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.dockerfile.Variables;
import org.jspecify.annotations.Nullable;

/**
 * The build arguments in scope at a place in a stage. Immutable.
 *
 * <p>A declared name takes its value from the build arguments of the request, else from the declaration's default, else from an ARG
 * before the first FROM, else it keeps the value that an earlier declaration gave it. Predefined proxy arguments count without a
 * declaration, but only for processes. Platform arguments ({@code TARGETPLATFORM} …) have to be declared in a stage.
 *
 * <p>Of an ARG and an ENV of one name the later one counts, as in BuildKit: tell the scope of every ENV by {@link #assign}, and look a
 * name up here before the environment.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#arg">Dockerfile reference: ARG</a>
 */
public final class ArgScope implements Variables {
    private static final List<String> PROXIES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

    private final Map<String, String> given;
    private final Map<String, String> offered;
    private final Map<String, Optional<String>> declared;

    private ArgScope(Map<String, String> given, Map<String, String> offered, Map<String, Optional<String>> declared) {
        this.given = given;
        this.offered = offered;
        this.declared = Collections.unmodifiableMap(declared);
    }

    /** Before the first line of a Dockerfile. */
    static ArgScope of(Map<String, String> given) {
        return new ArgScope(Map.copyOf(given), Map.of(), Map.of());
    }

    /** The scope of a stage: nothing is declared; what has a value here is there for the asking. */
    ArgScope ofStage() {
        Map<String, String> values = new LinkedHashMap<>();
        declared.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
        return new ArgScope(given, Map.copyOf(values), Map.of());
    }

    /** This scope after one declaration; {@code defaultValue} has its variables already expanded. */
    public ArgScope declare(String name, @Nullable String defaultValue) {
        Optional<String> before = declared.getOrDefault(name, Optional.empty());
        return with(name, ofDeclaration(name, defaultValue).or(() -> before));
    }

    /** The value that a declaration itself gives; empty where only an earlier one of the stage may have given any. */
    public Optional<String> ofDeclaration(String name, @Nullable String defaultValue) {
        String value = given.containsKey(name) ? given.get(name) : defaultValue;
        return Optional.ofNullable(value == null ? offered.get(name) : value);
    }

    /** This scope after an ENV: a name that is declared has the ENV's value from here on, until it is declared again. */
    public ArgScope assign(String name, String value) {
        return declared.containsKey(name) ? with(name, Optional.of(value)) : this;
    }

    private ArgScope with(String name, Optional<String> value) {
        Map<String, Optional<String>> more = new LinkedHashMap<>(declared);
        more.put(name, value);
        return new ArgScope(given, offered, more);
    }

    /** The value of a declared name that has one. */
    @Override
    public Optional<String> value(String name) {
        return declared.getOrDefault(name, Optional.empty());
    }

    /** True for a name that the request gives a value, so that no declaration's default counts. */
    public boolean isGiven(String name) {
        return given.containsKey(name);
    }

    /** The names declared so far, with or without a value, in order of declaration. */
    public List<String> names() {
        return List.copyOf(declared.keySet());
    }

    /**
     * {@code NAME=value} of all declared arguments that have a value, in order of declaration: what a RUN sees (in place of an
     * earlier ENV of the same name) and its history shows.
     */
    public List<String> declared() {
        List<String> assignments = new ArrayList<>();
        declared.forEach((name, value) -> value.ifPresent(text -> assignments.add(name + "=" + text)));
        return assignments;
    }

    /**
     * Proxy arguments given with the request and not declared, each in both cases: a RUN sees them where nothing else sets the name,
     * neither history nor key do.
     */
    public Map<String, String> undeclaredProxies() {
        Map<String, String> proxies = new TreeMap<>();
        for (String upper : PROXIES) {
            String lower = upper.toLowerCase(Locale.ROOT);
            String value = given.getOrDefault(lower, given.getOrDefault(upper, ""));
            if (value.isEmpty()) {
                continue;
            }
            for (String name : List.of(upper, lower)) {
                if (!declared.containsKey(name)) {
                    proxies.put(name, given.getOrDefault(name, value));
                }
            }
        }
        return Collections.unmodifiableMap(proxies);
    }
}
