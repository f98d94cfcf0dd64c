package org.jbuildah.engine.registry;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jbuildah.engine.http.Uris;

/**
 * A registry by the name that references give it.
 *
 * @param name {@code host[:port]}
 */
record RegistryHost(String name) {
    private static final Set<String> DOCKER_HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");

    /** Where its API answers, which for Docker Hub is another host. */
    String api() {
        return DOCKER_HUB.contains(name) ? "registry-1.docker.io" : name;
    }

    /** The names that credential files may have it under. */
    List<String> credentialNames() {
        return DOCKER_HUB.contains(name)
                ? List.of("docker.io", "index.docker.io", "registry-1.docker.io")
                : List.of(name);
    }

    boolean loopback() {
        return Uris.isLoopback(PORT.matcher(name).replaceFirst(""));
    }
}
