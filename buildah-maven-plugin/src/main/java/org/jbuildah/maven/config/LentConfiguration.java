package org.jbuildah.maven.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.Volume;
import org.jspecify.annotations.Nullable;

/** What the parameters of {@code buildah:build} lend to the RUNs: secrets, ssh agents, directories of the machine. */
public final class LentConfiguration {
    private List<SecretConfiguration> secrets = List.of();
    private Map<String, String> agents = Map.of();
    private List<String> volumes = List.of();
    private Passwords passwords = server -> Optional.empty();

    /** Finds the password of a server of {@code settings.xml}. */
    public interface Passwords {
        Optional<String> of(String server);
    }

    public LentConfiguration secrets(@Nullable List<SecretConfiguration> value, Passwords servers) {
        secrets = value == null ? List.of() : List.copyOf(value);
        passwords = servers;
        return this;
    }

    public LentConfiguration agents(@Nullable Map<String, String> value) {
        agents = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    public LentConfiguration volumes(@Nullable List<String> value) {
        volumes = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    /** @throws RequestInvalid at the first value that has no meaning */
    Lent lent(Surroundings surroundings) {
        Map<String, SecretSource> sources = new LinkedHashMap<>();
        for (SecretConfiguration secret : secrets) {
            if (secret.id().isBlank()) {
                throw wrong("A <secret> has no <id>.", "Write the name that the Dockerfile has for it.");
            }
            sources.put(secret.id(), source(secret, surroundings));
        }
        Map<String, Path> sockets = new LinkedHashMap<>();
        agents.forEach((id, socket) -> sockets.put(id, socket(id, socket, surroundings)));
        return new Lent(
                sources,
                sockets,
                volumes.stream()
                        .map(volume -> Volume.parse(volume, surroundings.baseDirectory()))
                        .toList());
    }

    private SecretSource source(SecretConfiguration secret, Surroundings surroundings) {
        long places = Stream.of(secret.file(), secret.env(), secret.server())
                .filter(place -> !place.isEmpty())
                .count();
        if (places != 1) {
            throw wrong(
                    "The <secret> \"" + secret.id() + "\" has " + places + " places that it could come from.",
                    "Write one of <file>, <env> and <server>.");
        }
        if (!secret.env().isEmpty()) {
            String value = surroundings.environment().get(secret.env());
            if (value == null) {
                throw wrong(
                        "The <secret> \"" + secret.id() + "\" is to come from the variable " + secret.env()
                                + ", which is not set.",
                        "Export it before Maven runs.");
            }
            return new SecretSource.OfBytes(value.getBytes(UTF_8));
        }
        if (!secret.server().isEmpty()) {
            String password = passwords
                    .of(secret.server())
                    .orElseThrow(() -> wrong(
                            "The <secret> \"" + secret.id() + "\" is to come from the server \"" + secret.server()
                                    + "\", which has no password in settings.xml.",
                            "Add a <server> with that <id> and a <password>."));
            return new SecretSource.OfBytes(password.getBytes(UTF_8));
        }
        Path file = surroundings.baseDirectory().resolve(secret.file()).normalize();
        if (!Files.isRegularFile(file)) {
            throw wrong(
                    "The <secret> \"" + secret.id() + "\" is to come from \"" + file + "\", which is no file.",
                    "<file> is relative to the module.");
        }
        return new SecretSource.OfFile(file);
    }

    /** @param socket null or empty where the element has no text */
    private static Path socket(String id, @Nullable String socket, Surroundings surroundings) {
        String written = socket == null ? "" : socket.strip();
        String path = written.isEmpty() ? surroundings.environment().getOrDefault("SSH_AUTH_SOCK", "") : written;
        Path absolute = surroundings.baseDirectory().resolve(path);
        if (path.isEmpty() || !Files.exists(absolute) || Files.isRegularFile(absolute) || Files.isDirectory(absolute)) {
            throw wrong(
                    "The ssh agent \"" + id + "\" is to be found at \"" + path + "\", and there is no socket.",
                    "Start one with ssh-agent and add the key with ssh-add; without text the element means $SSH_AUTH_SOCK.");
        }
        return absolute;
    }

    private static RequestInvalid wrong(String what, String remedy) {
        return new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy);
    }
}
