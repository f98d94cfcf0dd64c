package org.jbuildah.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SecretSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SecretFlagsTest {
    @TempDir
    private Path folder;

    private static SecretFlags flags(String... words) {
        return CommandLine.populateCommand(new SecretFlags(), words);
    }

    private static String only(Map<String, SecretSource> secrets) throws IOException {
        assertThat(secrets).hasSize(1).containsKey("s");
        return new String(secrets.values().iterator().next().read(), UTF_8);
    }

    @Test
    void aSecretIsAFileOrAVariable() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "of the file");
        Map<String, String> environment = Map.of("V", "of V", "s", "of s");

        assertThat(only(flags("--secret", "id=s,src=" + file).secrets(environment)))
                .isEqualTo("of the file");
        assertThat(only(flags("--secret=id=s,env=V").secrets(environment))).isEqualTo("of V");
        assertThat(only(flags("--secret=id=s").secrets(environment))).isEqualTo("of s");
        assertThat(only(flags("--secret=id=s,src=V,type=env").secrets(environment)))
                .isEqualTo("of V");
    }

    @Test
    void whatNamesNoSecretIsRefusedWithoutItsValue() {
        for (String word :
                new String[] {"id=s,env=NONE", "id=s,src=" + "/none", "src=/x", "id=s,mode=7", "id=s,type=x"}) {
            assertThatThrownBy(() -> flags("--secret", word).secrets(Map.of("V", "value")))
                    .isInstanceOf(RequestInvalid.class)
                    .hasMessageContaining(word);
        }
    }

    @Test
    void aKeyFileIsRefusedWithTheRemedy() throws Exception {
        Path key = Files.writeString(folder.resolve("id_ed25519"), "key");

        assertThatThrownBy(() -> flags("--ssh", "default=" + key).agents(Map.of()))
                .isInstanceOfSatisfying(RequestInvalid.class, letter -> assertThat(letter.letter())
                        .contains("names a file", "ssh-add " + key, "--ssh default"));
    }

    @Test
    void withoutASocketThereIsNoAgent() {
        assertThatThrownBy(() -> flags("--ssh", "default").agents(Map.of())).hasMessageContaining("SSH_AUTH_SOCK");
        assertThatThrownBy(() -> flags("--ssh", "default").agents(Map.of("SSH_AUTH_SOCK", "/none/agent")))
                .hasMessageContaining("/none/agent");
    }
}
