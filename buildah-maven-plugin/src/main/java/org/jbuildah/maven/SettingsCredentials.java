package org.jbuildah.maven;

import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.RegistryCredential;

/**
 * The {@code <server>} entries of {@code settings.xml}, found by {@code host[:port]} or, before that, by {@code host[:port]/path} of a repository; Docker Hub is
 * {@code docker.io}.
 */
final class SettingsCredentials implements CredentialLookup {
    private final Settings settings;
    private final SettingsDecrypter decrypter;

    SettingsCredentials(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    @Override
    public Optional<RegistryCredential> find(String registry, String repository) {
        String id = registry + "/" + repository;
        while (true) {
            Server server = settings.getServer(id);
            if (server != null && server.getUsername() != null && server.getPassword() != null) {
                return Optional.of(decrypted(server));
            }
            int slash = id.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            id = id.substring(0, slash);
        }
    }

    /** The password of a server, decrypted. */
    Optional<String> password(String id) {
        Server server = settings.getServer(id);
        return server == null || server.getPassword() == null
                ? Optional.empty()
                : Optional.of(open(server).getPassword());
    }

    private RegistryCredential decrypted(Server server) {
        Server open = open(server);
        return new RegistryCredential.UserPassword(
                open.getUsername(), open.getPassword(), "the server \"" + server.getId() + "\" of settings.xml");
    }

    private Server open(Server server) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw new RequestInvalid(
                        FailureCode.REGISTRY_DENIED,
                        "The password of the server \"" + server.getId() + "\" in settings.xml cannot be decrypted: "
                                + problem.getMessage(),
                        "Encrypt it anew with \"mvn --encrypt-password\", and see that settings-security.xml is the one it was made with.");
            }
        }
        return result.getServer();
    }

    @Override
    public List<String> places() {
        return List.of("the servers of settings.xml");
    }
}
