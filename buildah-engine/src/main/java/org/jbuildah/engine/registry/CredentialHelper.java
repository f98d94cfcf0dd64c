package org.jbuildah.engine.registry;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jspecify.annotations.Nullable;

/**
 * An installed {@code docker-credential-*} program.
 *
 * @param name without {@code docker-credential-}
 * @param namedBy the file that names it, for letters
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">the helpers' protocol</a>
 */
record CredentialHelper(String name, Path namedBy, Map<String, String> environment) {
    private static final int PATIENCE_IN_SECONDS = 60; // some ask the user, or a cloud
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern UNKNOWN = Pattern.compile("(?is).*(credentials not found|not found in).*");

    CredentialHelper {
        environment = Map.copyOf(environment);
    }

    /** Asks for the credential of a registry; empty where the helper knows none. */
    Optional<RegistryCredential> get(RegistryHost registry) {
        Path program = program();
        String server = registry.api().equals("registry-1.docker.io") ? "https://index.docker.io/v1/" : registry.name();
        try {
            return ask(program, server);
        } catch (IOException e) {
            throw failed("failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled(
                    FailureCode.CANCELLED, "Interrupted while " + program + " was asked for credentials.", "", e);
        }
    }

    private Path program() {
        if (!NAME.matcher(name).matches()) {
            throw failed("has a name that no program can have", null);
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, "docker-credential-" + name);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw failed("is not installed: there is no docker-credential-" + name + " on the PATH", null);
    }

    private Optional<RegistryCredential> ask(Path program, String server) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(program.toString(), "get"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        // its complaints are for a terminal; the answer, and the refusal, are on standard output
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            tell(process, server);
            if (!process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no answer for " + PATIENCE_IN_SECONDS + " s");
            }
            byte[] answer = process.getInputStream().readAllBytes();
            return process.exitValue() == 0 ? credential(program, answer) : refusal(process.exitValue(), answer);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void tell(Process process, String server) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // it does not listen, or has ended: its answer tells
        }
    }

    private static Optional<RegistryCredential> credential(Path program, byte[] answer) throws IOException {
        JsonObject document = RegistryJson.object(answer);
        Optional<String> user = RegistryJson.string(document, "Username");
        Optional<String> secret = RegistryJson.string(document, "Secret");
        if (user.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        String source = program.toString();
        return Optional.of(
                user.get().equals("<token>")
                        ? new RegistryCredential.IdentityToken(secret.get(), source)
                        : new RegistryCredential.UserPassword(user.get(), secret.get(), source));
    }

    private static Optional<RegistryCredential> refusal(int exit, byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        if (UNKNOWN.matcher(text).matches()) {
            return Optional.empty();
        }
        throw new IOException("exit code " + exit + (text.isEmpty() ? "" : ", \"" + text + "\""));
    }

    private RequestInvalid failed(String why, @Nullable Throwable cause) {
        String what = "The credential helper \"" + name + "\" that " + namedBy + " names " + why + ".";
        String remedy = "Install it, or remove it from credHelpers or credsStore of that file and log in again.";
        return cause == null
                ? new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy)
                : new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy, cause);
    }
}
