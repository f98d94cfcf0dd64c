package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.registry.RegistryCredential;
import org.junit.jupiter.api.Test;

class SettingsCredentialsTest {
    private final Settings settings = new Settings();

    @Test
    void aServerIsFoundByHostAndPort() {
        add("registry.example.com:5000", "alice", "{cipher}");

        assertThat(credentials("open", List.of()).find("registry.example.com:5000", "team/shop"))
                .contains(new RegistryCredential.UserPassword(
                        "alice", "open", "the server \"registry.example.com:5000\" of settings.xml"));
        assertThat(credentials("open", List.of()).find("registry.example.com", "team/shop"))
                .isEmpty();
    }

    @Test
    void theMoreSpecificServerCounts() {
        add("registry.example.com", "all", "x");
        add("registry.example.com/team", "team", "x");

        assertThat(user("registry.example.com", "team/shop")).isEqualTo("team");
        assertThat(user("registry.example.com", "teams/shop")).isEqualTo("all");
    }

    @Test
    void aServersPasswordCanBeASecret() {
        add("npm", "alice", "{cipher}");

        assertThat(credentials("open", List.of()).password("npm")).contains("open");
        assertThat(credentials("open", List.of()).password("other")).isEmpty();
    }

    @Test
    void aServerWithoutPasswordIsForSomethingElse() {
        Server server = new Server();
        server.setId("registry.example.com");
        server.setPrivateKey("/key");
        settings.addServer(server);

        assertThat(credentials("x", List.of()).find("registry.example.com", "a"))
                .isEmpty();
    }

    @Test
    void aPasswordThatCannotBeDecryptedIsToldByItsServer() {
        add("registry.example.com", "alice", "{cipher}");
        SettingsProblem problem =
                new DefaultSettingsProblem("no master", SettingsProblem.Severity.ERROR, "", -1, -1, null);

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> credentials("x", List.of(problem)).find("registry.example.com", "a"))
                .withMessageContaining("\"registry.example.com\"")
                .withMessageContaining("no master");
    }

    private String user(String registry, String repository) {
        return ((RegistryCredential.UserPassword)
                        credentials("x", List.of()).find(registry, repository).orElseThrow())
                .user();
    }

    private void add(String id, String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        settings.addServer(server);
    }

    private SettingsCredentials credentials(String password, List<SettingsProblem> problems) {
        SettingsDecrypter decrypter = request -> {
            Server open = request.getServers().get(0).clone();
            open.setPassword(password);
            return new Decrypted(open, problems);
        };
        return new SettingsCredentials(settings, decrypter);
    }

    private record Decrypted(Server server, List<SettingsProblem> problems) implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            return server;
        }

        @Override
        public List<Server> getServers() {
            return List.of(server);
        }

        @Override
        public Proxy getProxy() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Proxy> getProxies() {
            return List.of();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return problems;
        }
    }
}
