package org.jbuildah.maven.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.DockerConfigCredentials;
import org.jspecify.annotations.Nullable;

/** What a goal's parameters say about registries. */
public final class RegistryConfiguration {
    private boolean verifyTls = true;
    private @Nullable Path authFile;
    private @Nullable Path certDir;
    private int retries = RegistryOptions.DEFAULT.retries();
    private @Nullable Integer retryDelayInSeconds;

    public RegistryConfiguration verifyTls(boolean value) {
        verifyTls = value;
        return this;
    }

    public RegistryConfiguration authFile(@Nullable Path value) {
        authFile = value;
        return this;
    }

    public RegistryConfiguration certDir(@Nullable Path value) {
        certDir = value;
        return this;
    }

    public RegistryConfiguration retries(int value, @Nullable Integer delayInSeconds) {
        retries = value;
        retryDelayInSeconds = delayInSeconds;
        return this;
    }

    /** @throws RequestInvalid at the first value that has no meaning */
    RegistryOptions options(Path baseDirectory) {
        return RegistryOptions.DEFAULT
                .withVerifyTls(verifyTls)
                .withCertDir(certDir == null ? null : baseDirectory.resolve(certDir))
                .withRetries(retries, retryDelayInSeconds == null ? null : Duration.ofSeconds(retryDelayInSeconds));
    }

    /**
     * The logins that count after those of {@code settings.xml}.
     *
     * @throws RequestInvalid if a file is named that cannot be used
     */
    public CredentialLookup logins(Surroundings surroundings) {
        if (authFile == null) {
            return DockerConfigCredentials.of(surroundings.environment());
        }
        Path file = surroundings.baseDirectory().resolve(authFile);
        if (!Files.isRegularFile(file)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<authFile> names \"" + file + "\", which is no file.",
                    "Name a file that \"podman login\" or \"docker login\" wrote, or leave it out.");
        }
        return DockerConfigCredentials.ofFile(file, surroundings.environment()).checked();
    }
}
