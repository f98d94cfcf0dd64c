package org.jbuildah.engine.registry;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jspecify.annotations.Nullable;

/**
 * One credential file of {@code login}: {@code auth.json}, {@code config.json} or the old {@code .dockercfg}.
 *
 * @param path for letters
 * @param entries by {@code host[/namespace]}, without scheme
 * @param helpers helper programs by host, without {@code docker-credential-}
 * @param store the helper for all hosts, or null
 */
record AuthFile(Path path, Map<String, JsonObject> entries, Map<String, String> helpers, @Nullable String store) {
    AuthFile {
        entries = Map.copyOf(entries);
        helpers = Map.copyOf(helpers);
    }

    /**
     * Reads a file; empty where there is none.
     *
     * @param bare whether the file is the entries themselves, as {@code .dockercfg} is
     */
    static Optional<AuthFile> read(Path path, boolean bare) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.exists(path)) {
                return Optional.empty(); // a folder that this user may not look into
            }
            throw invalid(path, "cannot be read: " + e, e);
        }
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            return Optional.empty(); // podman logout leaves such a file
        }
        try {
            return Optional.of(of(path, RegistryJson.object(bytes), bare));
        } catch (IOException e) {
            throw invalid(path, "is " + e.getMessage(), e);
        }
    }

    private static AuthFile of(Path path, JsonObject document, boolean bare) {
        JsonObject holder = document;
        if (bare) {
            holder = new JsonObject();
            holder.add("auths", document);
        }
        Map<String, JsonObject> entries = new TreeMap<>();
        RegistryJson.objects(holder, "auths").forEach((key, value) -> entries.putIfAbsent(normal(key), value));
        return new AuthFile(
                path,
                entries,
                RegistryJson.texts(document, "credHelpers"),
                RegistryJson.string(document, "credsStore").orElse(null));
    }

    /** {@code https://index.docker.io/v1/} is {@code index.docker.io}. */
    private static String normal(String key) {
        return key.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "").replaceFirst("/$", "");
    }

    /** The most specific entry that holds a credential. */
    Optional<RegistryCredential> entry(RegistryHost registry, String repository) {
        for (String suffix : suffixes(repository)) {
            for (String host : registry.credentialNames()) {
                JsonObject entry = entries.get(host + suffix);
                Optional<RegistryCredential> credential =
                        entry == null ? Optional.empty() : credential(host + suffix, entry);
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    /** {@code /a/b}, {@code /a}, and nothing. */
    private static List<String> suffixes(String repository) {
        List<String> suffixes = new ArrayList<>();
        for (int end = repository.length(); end > 0; end = repository.lastIndexOf('/', end - 1)) {
            suffixes.add("/" + repository.substring(0, end));
        }
        suffixes.add("");
        return suffixes;
    }

    private Optional<RegistryCredential> credential(String key, JsonObject entry) {
        String source = path.toString();
        Optional<String> identity = RegistryJson.string(entry, "identitytoken");
        if (identity.isPresent()) {
            return Optional.of(new RegistryCredential.IdentityToken(identity.get(), source));
        }
        Optional<String> bearer = RegistryJson.string(entry, "registrytoken");
        if (bearer.isPresent()) {
            return Optional.of(new RegistryCredential.RegistryToken(bearer.get(), source));
        }
        Optional<String> auth = RegistryJson.string(entry, "auth");
        if (auth.isPresent()) {
            return Optional.of(decoded(key, auth.get()));
        }
        return RegistryJson.string(entry, "username")
                .map(user -> new RegistryCredential.UserPassword(
                        user, RegistryJson.string(entry, "password").orElse(""), source));
    }

    private RegistryCredential decoded(String key, String auth) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(path, "has an \"auth\" for \"" + key + "\" that is not base64", e);
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            throw invalid(path, "has an \"auth\" for \"" + key + "\" that is not user:password in base64", null);
        }
        // old versions of login padded with NUL
        String password = pair.substring(colon + 1).replaceFirst("\0+$", "");
        return new RegistryCredential.UserPassword(pair.substring(0, colon), password, path.toString());
    }

    /** The helper program that keeps this registry's credentials, if there is one of its own. */
    Optional<String> helper(RegistryHost registry) {
        return registry.credentialNames().stream()
                .map(helpers::get)
                .flatMap(helper -> Optional.ofNullable(helper).stream())
                .findFirst();
    }

    private static RequestInvalid invalid(Path path, String what, @Nullable Throwable cause) {
        String sentence = "The credential file " + path + " " + what + ".";
        String remedy = "Repair it, or log in again (docker login, podman login) after removing it.";
        return cause == null
                ? new RequestInvalid(FailureCode.REQUEST_INVALID, sentence, remedy)
                : new RequestInvalid(FailureCode.REQUEST_INVALID, sentence, remedy, cause);
    }
}
