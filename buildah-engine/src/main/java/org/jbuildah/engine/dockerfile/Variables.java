package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Optional;

/** The names that can be expanded at a place in a Dockerfile. */
@FunctionalInterface
public interface Variables {
    /** The value; empty when the name is not set. */
    Optional<String> value(String name);

    /** The values of several scopes, the first that has a name counts. */
    static Variables firstOf(List<Variables> scopes) {
        return name ->
                scopes.stream().flatMap(scope -> scope.value(name).stream()).findFirst();
    }
}
