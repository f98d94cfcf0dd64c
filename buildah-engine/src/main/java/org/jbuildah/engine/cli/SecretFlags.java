package org.jbuildah.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.SecretSource;
import picocli.CommandLine.Option;

/**
 * What is lent to a build and stays out of the image: secrets and ssh agents, in buildah's spelling.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md">buildah-build(1)</a>, --secret and --ssh
 */
final class SecretFlags {
    private static final String SECRET_FORM = "Write id=NAME, and src=FILE or env=VARIABLE.";

    @Option(
            names = "--secret",
            paramLabel = "id=NAME[,src=FILE|,env=VARIABLE]",
            description =
                    "A secret for RUN --mount=type=secret. Without src and env it is the variable of that name, else the file.")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--ssh",
            paramLabel = "default|NAME[=SOCKET]",
            description = "An ssh agent for RUN --mount=type=ssh. Default of SOCKET: $SSH_AUTH_SOCK.")
    private List<String> agents = new ArrayList<>();

    Map<String, SecretSource> secrets(Map<String, String> environment) {
        Map<String, SecretSource> sources = new LinkedHashMap<>();
        for (String word : secrets) {
            Map<String, String> parts = parts(word);
            sources.put(parts.getOrDefault("id", ""), source(word, parts, environment));
        }
        return sources;
    }

    private static Map<String, String> parts(String word) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : word.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            switch (key) {
                case "id", "src", "env", "type" -> parts.put(key, part.substring(equals + 1));
                case "source" -> parts.put("src", part.substring(equals + 1));
                default ->
                    throw Cli.wrong(
                            "--secret \"" + word + "\": \"" + key + "\" is none of id, src, env and type.",
                            SECRET_FORM);
            }
            if (equals < 0) {
                throw Cli.wrong("--secret \"" + word + "\" has no value for \"" + key + "\".", SECRET_FORM);
            }
        }
        if (parts.getOrDefault("id", "").isEmpty()) {
            throw Cli.wrong("--secret \"" + word + "\" has no id.", SECRET_FORM);
        }
        return parts;
    }

    private static SecretSource source(String word, Map<String, String> parts, Map<String, String> environment) {
        String id = parts.getOrDefault("id", "");
        boolean variable =
                switch (parts.getOrDefault("type", "")) {
                    case "env" -> true;
                    case "file" -> false;
                    case "" -> parts.containsKey("env") || (!parts.containsKey("src") && environment.containsKey(id));
                    default -> throw Cli.wrong("--secret \"" + word + "\" has an unknown type.", "It is file or env.");
                };
        if (variable) {
            String name = parts.getOrDefault("env", parts.getOrDefault("src", id));
            String value = environment.get(name);
            if (value == null) {
                throw Cli.wrong("--secret \"" + word + "\" names a variable that is not set.", "Export " + name + ".");
            }
            return new SecretSource.OfBytes(value.getBytes(UTF_8));
        }
        Path file = Path.of(parts.getOrDefault("src", id)).toAbsolutePath();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw Cli.wrong("--secret \"" + word + "\" names no file that can be read: " + file + ".", SECRET_FORM);
        }
        return new SecretSource.OfFile(file);
    }

    Map<String, Path> agents(Map<String, String> environment) {
        Map<String, Path> sockets = new LinkedHashMap<>();
        for (String word : agents) {
            int equals = word.indexOf('=');
            String id = equals < 0 ? word : word.substring(0, equals);
            String socket = equals < 0 ? environment.getOrDefault("SSH_AUTH_SOCK", "") : word.substring(equals + 1);
            if (socket.isEmpty()) {
                throw Cli.wrong(
                        "--ssh \"" + word + "\" names no socket, and SSH_AUTH_SOCK is not set.",
                        "Start an agent with eval \"$(ssh-agent)\" and add the key with ssh-add.");
            }
            sockets.put(id, checked(word, Path.of(socket).toAbsolutePath()));
        }
        return sockets;
    }

    /** A key is never handled here: who has an agent does not need to hand keys out. */
    private static Path checked(String word, Path socket) {
        if (Files.isRegularFile(socket)) {
            throw Cli.wrong(
                    "--ssh \"" + word + "\" names a file, and not the socket of an agent.",
                    "Add the key to an agent with ssh-add " + socket + ", and write --ssh "
                            + word.replaceFirst("=.*", "") + ".");
        }
        if (!Files.exists(socket) || Files.isDirectory(socket)) {
            throw Cli.wrong("--ssh \"" + word + "\": there is no socket " + socket + ".", "Is the agent running?");
        }
        return socket;
    }
}
