package org.jbuildah.maven.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LentConfigurationTest {
    @TempDir
    private Path module;

    private final Map<String, String> environment = new HashMap<>();
    private final LentConfiguration configuration = new LentConfiguration();

    private Lent lent() {
        return configuration.lent(
                new Surroundings(module, module.resolve("target"), "shop", "1", false, Map.of(), environment));
    }

    private static SecretConfiguration secret(String id) {
        SecretConfiguration secret = new SecretConfiguration();
        secret.setId(id);
        return secret;
    }

    private void secrets(SecretConfiguration... secrets) {
        configuration.secrets(
                List.of(secrets), server -> server.equals("npm") ? Optional.of("of the server") : Optional.empty());
    }

    @Test
    void aSecretComesFromAFileAVariableOrAServer() throws IOException {
        Files.writeString(module.resolve("token"), "of the file");
        environment.put("TOKEN", "of the variable");
        SecretConfiguration file = secret("f");
        file.setFile("token");
        SecretConfiguration variable = secret("v");
        variable.setEnv("TOKEN");
        SecretConfiguration server = secret("s");
        server.setServer("npm");
        secrets(file, variable, server);

        Lent lent = lent();

        assertThat(lent.secrets().get("f").read()).isEqualTo("of the file".getBytes(UTF_8));
        assertThat(lent.secrets().get("v").read()).isEqualTo("of the variable".getBytes(UTF_8));
        assertThat(lent.secrets().get("s").read()).isEqualTo("of the server".getBytes(UTF_8));
        assertThat(lent.toString()).doesNotContain("of the");
    }

    @Test
    void aSecretFromNowhereIsRefused() {
        SecretConfiguration missing = secret("x");
        secrets(missing);
        assertThatThrownBy(this::lent).isInstanceOf(RequestInvalid.class).hasMessageContaining("\"x\" has 0 places");

        missing.setServer("none");
        assertThatThrownBy(this::lent).hasMessageContaining("no password in settings.xml");

        SecretConfiguration variable = secret("x");
        variable.setEnv("NONE");
        secrets(variable);
        assertThatThrownBy(this::lent).hasMessageContaining("NONE, which is not set");

        secrets(secret(""));
        assertThatThrownBy(this::lent).hasMessageContaining("no <id>");
    }

    @Test
    void anAgentIsASocketAndNoKey() throws IOException {
        Path socket = module.resolve("agent");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            environment.put("SSH_AUTH_SOCK", socket.toString());
            Map<String, String> agents = new HashMap<>();
            agents.put("default", null);
            agents.put("other", "agent");
            configuration.agents(agents);

            assertThat(lent().agents()).containsOnly(Map.entry("default", socket), Map.entry("other", socket));
        }
        Files.writeString(module.resolve("id_rsa"), "key");
        configuration.agents(Map.of("default", "id_rsa"));
        assertThatThrownBy(this::lent).hasMessageContaining("there is no socket");
    }

    @Test
    void aVolumeIsRelativeToTheModule() throws IOException {
        Files.createDirectory(module.resolve("data"));
        configuration.volumes(List.of("data:/data:ro"));

        assertThat(lent().volumes()).containsExactly(new Volume(module.resolve("data"), "/data", true));
    }

    @Test
    void aVolumeThatIsNotThereIsRefused() {
        configuration.volumes(List.of("none:/data"));

        assertThatThrownBy(this::lent).isInstanceOf(RequestInvalid.class).hasMessageContaining("none");
    }
}
