package org.jbuildah.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryConfigurationTest {
    @TempDir
    private Path module;

    private Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(module, module.resolve("target"), "shop", "1", false, Map.of(), environment);
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(new RegistryConfiguration().options(module)).isEqualTo(RegistryOptions.DEFAULT);
    }

    @Test
    void pathsAreThoseOfTheModule() {
        assertThat(new RegistryConfiguration()
                        .verifyTls(false)
                        .certDir(Path.of("certs"))
                        .retries(7, 0)
                        .options(module))
                .isEqualTo(new RegistryOptions(false, module.resolve("certs"), 7, Duration.ZERO));
        assertThat(catchThrowableOfType(RequestInvalid.class, () -> new RegistryConfiguration()
                                .retries(-1, null)
                                .options(module))
                        .what())
                .contains("-1 times");
    }

    @Test
    void aFileOfLoginsIsReadAloneAndMustBeThere() throws IOException {
        Map<String, String> environment = Map.of("REGISTRY_AUTH_FILE", "/elsewhere/auth.json");
        RegistryConfiguration registries = new RegistryConfiguration().authFile(Path.of("auth.json"));
        assertThat(catchThrowableOfType(RequestInvalid.class, () -> registries.logins(surroundings(environment)))
                        .what())
                .contains("<authFile>", module.resolve("auth.json").toString());

        Files.writeString(module.resolve("auth.json"), "{\"auths\":{\"r.example\":{\"auth\":\"YTpi\"}}}");
        assertThat(registries.logins(surroundings(environment)).places())
                .containsExactly(module.resolve("auth.json").toString());
        assertThat(registries.logins(surroundings(environment)).find("r.example", "a"))
                .isPresent();
        assertThat(new RegistryConfiguration().logins(surroundings(environment)).places())
                .containsExactly("/elsewhere/auth.json");
    }
}
