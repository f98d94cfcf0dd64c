package org.jbuildah.engine.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jbuildah.engine.api.RegistryOptions;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.DockerConfigCredentials;
import org.jbuildah.engine.registry.RegistryCredential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How registries are talked to, and as whom. */
final class RegistryFlags {
    private static final String CREDS_FORM = "Write --creds USER:PASSWORD, or --creds USER on a terminal.";

    @Option(
            names = "--tls-verify",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: registries may show any certificate or speak plain HTTP. Default: true.")
    private boolean tlsVerify = true;

    @Option(
            names = "--creds",
            paramLabel = "USER[:PASSWORD]",
            description = "The login for every registry that is asked; a password that is not written is asked for.")
    private @Nullable String creds;

    @Option(
            names = "--authfile",
            paramLabel = "FILE",
            description = "The file of logins. Default: $REGISTRY_AUTH_FILE, else those of podman and docker.")
    private @Nullable Path authFile;

    @Option(
            names = "--cert-dir",
            paramLabel = "DIR",
            description =
                    "A directory with *.crt (authorities) and *.cert with *.key (the client's own) for every registry. "
                            + "Default: the registry's own in /etc/containers/certs.d.")
    private @Nullable Path certDir;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "How often a request to a registry is tried again. Default: 3.")
    private int retries = RegistryOptions.DEFAULT.retries();

    @Option(
            names = "--retry-delay",
            paramLabel = "DURATION",
            description = "The pause before that, such as 2s. Default: 1s, then twice as long each time.")
    private @Nullable String retryDelay;

    RegistryOptions options() {
        return RegistryOptions.DEFAULT
                .withVerifyTls(tlsVerify)
                .withCertDir(certDir)
                .withRetries(retries, retryDelay == null ? null : Words.pause("--retry-delay", retryDelay));
    }

    /** Asks for the password, if that is wanted. */
    CredentialLookup credentials(Map<String, String> environment) {
        CredentialLookup files = authFile == null
                ? DockerConfigCredentials.of(environment)
                : DockerConfigCredentials.ofFile(authFile, environment).checked();
        return creds == null ? files : CredentialLookup.of(login(creds));
    }

    /** No failure quotes the value: it may hold a password. */
    private static RegistryCredential login(String written) {
        int colon = written.indexOf(':');
        String user = colon < 0 ? written : written.substring(0, colon);
        if (user.isEmpty()) {
            throw Cli.wrong("--creds names no user.", CREDS_FORM);
        }
        String password = colon < 0 ? UserTerminal.password(user, CREDS_FORM) : written.substring(colon + 1);
        return new RegistryCredential.UserPassword(user, password, "--creds");
    }
}
