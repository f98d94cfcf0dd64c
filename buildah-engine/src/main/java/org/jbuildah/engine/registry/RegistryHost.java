package org.jbuildah.engine.registry;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A registry by the name that references give it.
 *
 * @param name {@code host[:port]}
 */
record RegistryHost(String name) {
    private static final Set<String> DOCKER_HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

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
        return isLoopback(PORT.matcher(name).replaceFirst(""));
    }

    /** Whether a host, without a port, is this machine itself by its very name. */
    static boolean isLoopback(String host) {
        String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return bare.equals("localhost")
                || bare.equals("::1")
                || LOOPBACK_ADDRESS.matcher(bare).matches();
    }
}
