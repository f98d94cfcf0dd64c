package org.jbuildah.engine.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.dockerfile.Variables;
import org.jspecify.annotations.Nullable;

/**
 * The build arguments in scope at a place in a stage. Immutable.
 *
 * <p>A declared name takes its value from the build arguments of the request, else from the declaration's default, else from an ARG
 * before the first FROM. Predefined proxy arguments count without a declaration, but only for processes. Platform arguments
 * ({@code TARGETPLATFORM} …) have to be declared in a stage.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#arg">Dockerfile reference: ARG</a>
 */
public final class ArgScope implements Variables {
    private ArgScope() {}

    /** This scope after one declaration; {@code defaultValue} has its variables already expanded. */
    public ArgScope declare(String name, @Nullable String defaultValue) {
        throw new IllegalStateException("contract only");
    }

    /** The value of a declared name that has one. */
    @Override
    public Optional<String> value(String name) {
        throw new IllegalStateException("contract only");
    }

    /**
     * {@code NAME=value} of all declared arguments that have a value, in order of declaration: what a RUN sees (ENV of the same name
     * wins over them) and its history shows.
     */
    public List<String> declared() {
        throw new IllegalStateException("contract only");
    }

    /** Proxy arguments given with the request and not declared: a RUN sees them, neither history nor key do. */
    public Map<String, String> undeclaredProxies() {
        throw new IllegalStateException("contract only");
    }
}
