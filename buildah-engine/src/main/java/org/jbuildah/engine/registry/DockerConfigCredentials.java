package org.jbuildah.engine.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/**
 * The credentials that {@code podman login}, {@code buildah login} and {@code docker login} leave on a machine. The first file that has
 * one for a registry wins; within a file, its own helper, then the most specific entry, then the common helper.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">docker login: credential stores</a>
 */
public final class DockerConfigCredentials implements CredentialLookup {
    private record Place(Path path, boolean bare, boolean demanded) {}

    private final List<Place> places;
    private final Map<String, String> environment;

    private DockerConfigCredentials(List<Place> places, Map<String, String> environment) {
        this.places = List.copyOf(places);
        this.environment = Map.copyOf(environment);
    }

    /**
     * Looks where the tools look: {@code REGISTRY_AUTH_FILE} alone if it is set, else the runtime and config folders of containers, then
     * the Docker config.
     *
     * @param environment for {@code REGISTRY_AUTH_FILE}, {@code XDG_RUNTIME_DIR}, {@code XDG_CONFIG_HOME}, {@code DOCKER_CONFIG}, {@code HOME}, {@code PATH}
     */
    public static DockerConfigCredentials of(Map<String, String> environment) {
        String chosen = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!chosen.isEmpty()) {
            return ofFile(Path.of(chosen), environment);
        }
        List<Place> places = new ArrayList<>();
        runtimeFolder(environment).ifPresent(folder -> places.add(usual(folder.resolve("auth.json"))));
        Optional<Path> home = folder(environment, "HOME");
        folder(environment, "XDG_CONFIG_HOME")
                .or(() -> home.map(folder -> folder.resolve(".config")))
                .ifPresent(folder -> places.add(usual(folder.resolve("containers/auth.json"))));
        folder(environment, "DOCKER_CONFIG")
                .or(() -> home.map(folder -> folder.resolve(".docker")))
                .ifPresent(folder -> places.add(usual(folder.resolve("config.json"))));
        home.ifPresent(folder -> places.add(new Place(folder.resolve(".dockercfg"), true, false)));
        return new DockerConfigCredentials(places, environment);
    }

    /** Looks in one file only, as {@code --authfile} asks for; the environment gives {@code PATH} for credential helpers. */
    public static DockerConfigCredentials ofFile(Path authFile, Map<String, String> environment) {
        return new DockerConfigCredentials(List.of(new Place(authFile, false, true)), environment);
    }

    /**
     * The same, and refuses at once a file that is not there or holds something else.
     *
     * @throws RequestInvalid with the file's name
     */
    public DockerConfigCredentials checked() {
        places.forEach(DockerConfigCredentials::read);
        return this;
    }

    private static Place usual(Path path) {
        return new Place(path, false, false);
    }

    private static Optional<Path> folder(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    private static Optional<Path> runtimeFolder(Map<String, String> environment) {
        return folder(environment, "XDG_RUNTIME_DIR")
                .map(folder -> folder.resolve("containers"))
                .or(DockerConfigCredentials::runtimeFolderByUid);
    }

    private static Optional<Path> runtimeFolderByUid() {
        try {
            return Optional.of(Path.of("/run/containers", "" + Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty(); // not Linux: no such folder
        }
    }

    @Override
    public Optional<RegistryCredential> find(String registry, String repository) {
        RegistryHost host = new RegistryHost(registry);
        for (Place place : places) {
            Optional<RegistryCredential> found = read(place).flatMap(file -> find(file, host, repository));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<AuthFile> read(Place place) {
        Optional<AuthFile> file = AuthFile.read(place.path(), place.bare());
        if (file.isEmpty() && place.demanded() && !Files.exists(place.path())) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The credential file " + place.path() + " does not exist.",
                    "Name an existing file with --authfile or REGISTRY_AUTH_FILE, or leave both away.");
        }
        return file;
    }

    private Optional<RegistryCredential> find(AuthFile file, RegistryHost registry, String repository) {
        return file.helper(registry)
                .flatMap(name -> new CredentialHelper(name, file.path(), environment).get(registry))
                .or(() -> file.entry(registry, repository))
                .or(() -> Optional.ofNullable(file.store())
                        .flatMap(name -> new CredentialHelper(name, file.path(), environment).get(registry)));
    }

    @Override
    public List<String> places() {
        return places.stream().map(place -> place.path().toString()).toList();
    }
}
