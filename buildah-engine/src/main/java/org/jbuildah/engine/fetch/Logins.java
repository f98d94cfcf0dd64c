package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SecretSource;

/**
 * Logins for what is fetched, among the secrets of a build; BuildKit's names for them. Each is read when it is needed, and kept nowhere.
 *
 * <p>{@code HTTP_AUTH_HEADER_HOST} is the value of an {@code Authorization} header, {@code HTTP_AUTH_TOKEN_HOST} a bearer token, which
 * counts where both are there. {@code GIT_AUTH_HEADER} and {@code GIT_AUTH_TOKEN} are for Git over HTTP, with {@code .HOST} behind them
 * for one host alone, which counts before.
 *
 * @see <a href="https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts">Docker: Git authentication</a>
 */
public final class Logins {
    private static final Logins NONE = new Logins(Map.of());
    /** One token for all of them, as it is that site's custom. */
    private static final List<String> SHARED = List.of("https://github.com/", "https://www.github.com/");

    private static final Pattern HTTP = Pattern.compile("^https?://(?:[^/@]*@)?([^/]*)");

    private final Map<String, SecretSource> secrets;

    private Logins(Map<String, SecretSource> secrets) {
        this.secrets = secrets;
    }

    /** @param secrets by their ids */
    public static Logins among(Map<String, SecretSource> secrets) {
        return new Logins(Map.copyOf(secrets));
    }

    public static Logins none() {
        return NONE;
    }

    /** The header's value for a file. */
    Optional<String> ofWeb(URI address) {
        String host = address.getHost();
        return secret("HTTP_AUTH_TOKEN_" + host)
                .map(token -> "Bearer " + token)
                .or(() -> secret("HTTP_AUTH_HEADER_" + host));
    }

    /** A setting for git that makes it send a login to that repository. */
    Optional<Setting> ofGit(String remote) {
        Matcher http = HTTP.matcher(remote);
        if (!http.find()) {
            return Optional.empty();
        }
        String authority = http.group(1);
        return secret("GIT_AUTH_HEADER." + authority)
                .or(() -> secret("GIT_AUTH_TOKEN." + authority).map(Logins::basic))
                .or(() -> secret("GIT_AUTH_HEADER"))
                .or(() -> secret("GIT_AUTH_TOKEN").map(Logins::basic))
                .map(value -> new Setting("http." + scope(remote) + ".extraheader", "Authorization: " + value));
    }

    /** A setting of git's configuration. */
    record Setting(String key, String value) {}

    private static String basic(String token) {
        return "basic "
                + Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private static String scope(String remote) {
        return SHARED.stream().filter(remote::startsWith).findFirst().orElse(remote);
    }

    private Optional<String> secret(String id) {
        SecretSource source = secrets.get(id);
        if (source == null) {
            return Optional.empty();
        }
        try {
            // a file's last line has an end, which no header may have
            return Optional.of(new String(source.read(), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException failure) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The secret \"" + id + "\" cannot be read: " + failure.getMessage() + ".",
                    "Name a file that this user may read.",
                    failure);
        }
    }
}
