package org.jbuildah.engine.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials that {@code podman login}, {@code buildah login} and {@code docker login} leave on a machine.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">docker login: credential stores</a>
 */
public final class DockerConfigCredentials implements CredentialLookup {
    private DockerConfigCredentials() {}

    /**
     * Looks where the tools look: {@code REGISTRY_AUTH_FILE}, the runtime and config folders of containers, the Docker config.
     *
     * @param environment for {@code REGISTRY_AUTH_FILE}, {@code XDG_RUNTIME_DIR}, {@code XDG_CONFIG_HOME}, {@code DOCKER_CONFIG}, {@code HOME}, {@code PATH}
     */
    public static DockerConfigCredentials of(Map<String, String> environment) {
        throw new IllegalStateException("contract only");
    }

    /** Looks in one file only, as {@code --authfile} asks for; the environment gives {@code PATH} for credential helpers. */
    public static DockerConfigCredentials ofFile(Path authFile, Map<String, String> environment) {
        throw new IllegalStateException("contract only");
    }

    @Override
    public Optional<RegistryCredential> find(String registry, String repository) {
        throw new IllegalStateException("contract only");
    }

    @Override
    public List<String> places() {
        throw new IllegalStateException("contract only");
    }
}
