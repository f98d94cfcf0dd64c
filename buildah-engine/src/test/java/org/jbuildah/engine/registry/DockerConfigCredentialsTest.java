package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.registry.RegistryCredential.IdentityToken;
import org.jbuildah.engine.registry.RegistryCredential.UserPassword;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigCredentialsTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void moveIn() {
        environment.put("HOME", home.toString());
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
        environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
    }

    private Path write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void installHelper(String name, String script) throws IOException {
        Path program = write("bin/docker-credential-" + name, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String auth(String user, String password) {
        String pair = user + ":" + password;
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    private static String auths(String key, String entry) {
        return "{\"auths\":{\"" + key + "\":" + entry + "}}";
    }

    private Optional<RegistryCredential> find(String registry, String repository) {
        return DockerConfigCredentials.of(environment).find(registry, repository);
    }

    private String user(String registry, String repository) {
        return find(registry, repository)
                .map(credential -> ((UserPassword) credential).user())
                .orElse("nobody");
    }

    @Test
    void theFirstFileThatKnowsTheRegistryWins() throws IOException {
        write(".dockercfg", "{\"r.example\":" + auth("oldest", "p") + "}");
        assertThat(user("r.example", "app")).isEqualTo("oldest");
        write(".docker/config.json", auths("https://r.example", auth("docker", "p")));
        assertThat(user("r.example", "app")).isEqualTo("docker");
        write(".config/containers/auth.json", auths("r.example", auth("config", "p")));
        assertThat(user("r.example", "app")).isEqualTo("config");
        write("run/containers/auth.json", auths("other.example", auth("elsewhere", "p")));
        assertThat(user("r.example", "app")).isEqualTo("config");
        write("run/containers/auth.json", auths("r.example", auth("runtime", "p:with:colons")));
        assertThat(find("r.example", "app"))
                .contains(new UserPassword(
                        "runtime",
                        "p:with:colons",
                        home.resolve("run/containers/auth.json").toString()));
    }

    @Test
    void aChosenFileIsTheOnlyOne() throws IOException {
        write("run/containers/auth.json", auths("r.example", auth("runtime", "p")));
        Path chosen = write("chosen.json", "{}");
        environment.put("REGISTRY_AUTH_FILE", chosen.toString());

        assertThat(find("r.example", "app")).isEmpty();
        assertThat(DockerConfigCredentials.of(environment).places()).containsExactly(chosen.toString());
        environment.put("REGISTRY_AUTH_FILE", "/no/such/file");
        assertThatThrownBy(() -> find("r.example", "app"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void theMostSpecificEntryWins() throws IOException {
        write(
                ".config/containers/auth.json",
                "{\"auths\":{\"r.example\":" + auth("all", "p") + ",\"r.example/team\":" + auth("team", "p")
                        + ",\"r.example/team/app\":" + auth("app", "p") + "}}");

        assertThat(user("r.example", "team/app")).isEqualTo("app");
        assertThat(user("r.example", "team/other")).isEqualTo("team");
        assertThat(user("r.example", "teamwork")).isEqualTo("all");
        assertThat(user("r.example:5000", "team/app")).isEqualTo("nobody");
    }

    @Test
    void dockerHubIsKnownByItsOldName() throws IOException {
        write(".docker/config.json", auths("https://index.docker.io/v1/", auth("me", "p")));

        assertThat(user("docker.io", "library/debian")).isEqualTo("me");
    }

    @Test
    void identityTokensAreFound() throws IOException {
        Path file =
                write(".docker/config.json", auths("r.example", "{\"auth\":\"bWU6\",\"identitytoken\":\"refresh\"}"));

        assertThat(find("r.example", "app")).contains(new IdentityToken("refresh", file.toString()));
    }

    @Test
    void helpersAreAsked() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        installHelper(
                "vault",
                "read server; echo \"{\\\"ServerURL\\\":\\\"$server\\\",\\\"Username\\\":\\\"$server\\\",\\\"Secret\\\":\\\"s\\\"}\"");
        installHelper("chest", "echo '{\"Username\":\"<token>\",\"Secret\":\"refresh\"}'");
        installHelper("empty", "echo 'credentials not found in native keychain'; exit 1");
        write(
                ".docker/config.json",
                "{\"credsStore\":\"vault\",\"credHelpers\":{\"chest.example\":\"chest\",\"none.example\":\"empty\"}}");

        assertThat(user("r.example", "app")).isEqualTo("r.example");
        assertThat(user("docker.io", "library/debian")).isEqualTo("https://index.docker.io/v1/");
        assertThat(find("chest.example", "app").orElseThrow()).isInstanceOf(IdentityToken.class);
        assertThat(user("none.example", "app")).isEqualTo("none.example");
    }

    @Test
    void aMissingHelperIsNamed() throws IOException {
        Path file = write(".docker/config.json", "{\"credsStore\":\"desktop\"}");

        assertThatThrownBy(() -> find("r.example", "app"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("docker-credential-desktop")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aBrokenHelperIsTold() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        installHelper("sad", "echo 'the vault is locked'; exit 3");
        write(".docker/config.json", "{\"credsStore\":\"sad\"}");

        assertThatThrownBy(() -> find("r.example", "app"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("exit code 3, \"the vault is locked\"");
    }

    @Test
    void brokenFilesAreNamedWithoutTheirSecrets() throws IOException {
        Path file = write(".docker/config.json", auths("r.example", "{\"auth\":\"czNjcmV0!\"}"));
        assertThatThrownBy(() -> find("r.example", "app"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("r.example")
                .hasMessageNotContaining("czNjcmV0");

        Files.writeString(file, "{ nonsense");
        assertThatThrownBy(() -> find("r.example", "app"))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(file.toString());
        Files.writeString(file, "");
        assertThat(find("r.example", "app")).isEmpty();
    }

    @Test
    void secretsAreNotInTheTextForm() {
        assertThat(new UserPassword("me", "s3cret", "here") + " " + new IdentityToken("s3cret", "here"))
                .doesNotContain("s3cret");
    }
}
