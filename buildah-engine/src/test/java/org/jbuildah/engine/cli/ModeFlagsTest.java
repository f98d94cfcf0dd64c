package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModeFlagsTest {
    @TempDir
    private Path context;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void dockerfile() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nLABEL a=b\n");
    }

    private int build(Map<String, String> environment, String... flags) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] words = new String[flags.length + 4];
        System.arraycopy(flags, 0, words, 3, flags.length);
        words[0] = "--root";
        words[1] = context.resolve("store").toString();
        words[2] = "build";
        words[words.length - 1] = context.toString();
        return Cli.run(words, new Cli.Console(out, out, environment));
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThat(build(Map.of(), "--mode", "native-chroot", "--isolation", "rootless"))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("--mode native-chroot and --isolation rootless ask for different things.");
    }

    @Test
    void optionsThatAgreeAreFine() {
        assertThat(build(Map.of(), "--mode", "native-rootless", "--isolation", "oci", "--allow-weak-isolation"))
                .isZero();
    }

    @Test
    void anOptionOverrulesWhatTheEnvironmentSays() {
        Map<String, String> wrong = Map.of("BUILDAH_MODE", "none", "STORAGE_DRIVER", "none", "STORAGE_OPTS", "none");

        assertThat(build(
                        wrong,
                        "--isolation",
                        "chroot",
                        "--storage-driver",
                        "vfs",
                        "--storage-opt",
                        ".ignore_chown_errors=true"))
                .isZero();
        assertThat(build(wrong)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("The environment variable STORAGE_DRIVER is \"none\".");
    }

    @Test
    void anIsolationThatIsNoneIsRefused() {
        assertThat(build(Map.of(), "--isolation", "hyperv")).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--isolation \"hyperv\" is not known.");
    }

    @Test
    void aRuntimeIsANameOrAnAbsolutePath() {
        assertThat(build(Map.of("BUILDAH_RUNTIME", "crun"), "--runtime-flag", "debug"))
                .isZero();
        assertThat(build(Map.of(), "--runtime", "bin/runc")).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("The runtime \"bin/runc\" is a relative path.");
    }
}
