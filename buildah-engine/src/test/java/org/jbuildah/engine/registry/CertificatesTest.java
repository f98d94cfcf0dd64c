package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CertificatesTest {
    private static final String REGISTRY = "registry.example.org:5000";

    @TempDir
    Path folder;

    private Path own;
    private TestAuthority authority;

    @BeforeEach
    void makeAnAuthority() throws IOException, InterruptedException {
        authority = TestAuthority.in(folder.resolve("authority"));
        own = Files.createDirectories(folder.resolve("second").resolve(REGISTRY));
    }

    private CertificateFolder found() {
        return Certificates.perRegistry(List.of(folder.resolve("first"), folder.resolve("second")))
                .of(REGISTRY);
    }

    private void place(String from, String as) throws IOException {
        Files.copy(authority.folder().resolve(from), own.resolve(as));
    }

    private RequestInvalid refusal() {
        return catchThrowableOfType(RequestInvalid.class, this::found);
    }

    @Test
    void theFirstFolderOfARegistryCountsAlone() throws IOException {
        place("ca.crt", "ca.crt");
        assertThat(found().authorities()).hasSize(1);
        assertThat(Certificates.perRegistry(List.of(folder.resolve("second"))).of("elsewhere"))
                .isEqualTo(CertificateFolder.EMPTY);

        Files.createDirectories(folder.resolve("first").resolve(REGISTRY));
        assertThat(found()).isEqualTo(CertificateFolder.EMPTY);
    }

    @Test
    void aUsersOwnFolderCounts() throws IOException {
        Path users = folder.resolve(".config/containers/certs.d").resolve(REGISTRY);
        Files.createDirectories(users);
        Files.copy(authority.certificate(), users.resolve("ca.crt"));

        assertThat(Certificates.ofThisMachine(Map.of("HOME", folder.toString()))
                        .of(REGISTRY)
                        .authorities())
                .hasSize(1);
        assertThat(Certificates.ofThisMachine(Map.of()).of(REGISTRY)).isEqualTo(CertificateFolder.EMPTY);
    }

    @Test
    void keysAreReadInEveryFormThatOpensslWrites() throws IOException, InterruptedException {
        for (String kind : List.of("rsa:2048", "ec", "ed25519")) {
            String name = kind.replaceFirst(":.*", "");
            authority.sign(name, kind);
            place(name + ".crt", name + ".cert");
            place(name + ".pem", name + ".key");
        }
        authority.openssl("rsa", "-traditional", "-in", "rsa.pem", "-out", "rsa-old.pem");
        authority.openssl("ec", "-in", "ec.pem", "-out", "ec-old.pem");
        for (String name : List.of("rsa", "ec")) {
            place(name + ".crt", name + "-old.cert");
            place(name + "-old.pem", name + "-old.key");
        }

        assertThat(Files.readString(own.resolve("rsa-old.key"))).contains("BEGIN RSA PRIVATE KEY");
        assertThat(Files.readString(own.resolve("ec-old.key"))).contains("BEGIN EC PRIVATE KEY");
        assertThat(found().identities())
                .extracting(identity -> identity.chain().get(0).getPublicKey().getAlgorithm())
                .containsExactly("EC", "EC", "EdDSA", "RSA", "RSA");
    }

    @Test
    void aHalfOfAPairIsAMistake() throws IOException, InterruptedException {
        authority.sign("client", "ec");
        place("client.crt", "client.cert");
        assertThat(refusal().what()).contains("client.cert has no key beside it: there is no client.key");

        Files.delete(own.resolve("client.cert"));
        place("client.pem", "client.key");
        assertThat(refusal().what()).contains("client.key has no certificate beside it: there is no client.cert");
    }

    @Test
    void aKeyThatCannotBeUsedIsNamedAndNeverShown() throws IOException, InterruptedException {
        authority.sign("client", "ec");
        place("client.crt", "client.cert");
        authority.sign("other", "ec");
        place("other.pem", "client.key");
        assertThat(refusal().what()).contains("client.key cannot be used: it belongs to another certificate");

        authority.openssl("ec", "-in", "client.pem", "-aes256", "-passout", "pass:x", "-out", "locked.pem");
        Files.delete(own.resolve("client.key"));
        place("locked.pem", "client.key");
        assertThat(refusal().what()).contains("it is encrypted");

        Files.writeString(
                own.resolve("client.key"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----");
        assertThat(refusal().letter()).contains("client.key cannot be used").doesNotContain("c2VjcmV0", "secret\n");
    }

    @Test
    void aDirectoryThatIsNamedMustBeThere() throws IOException {
        assertThat(catchThrowableOfType(RequestInvalid.class, () -> Certificates.in(folder.resolve("none")))
                        .what())
                .contains("none\" does not exist");

        Files.writeString(own.resolve("ca.crt"), "no certificate");
        assertThat(catchThrowableOfType(RequestInvalid.class, () -> Certificates.in(own))
                        .what())
                .contains("ca.crt cannot be read");
    }
}
