package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.http.Pauses;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same walk through a registry that others wrote: in the clear, with a login, with TLS. */
@Timeout(120)
class DebianRegistryTest {
    /** {@code s3cret}, as htpasswd -B writes it. */
    private static final String HTPASSWD = "alice:$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n";

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheProgram() {
        assumeTrue(Files.isExecutable(DebianRegistry.PROGRAM), "needs Debian's docker-registry");
    }

    private RegistrySettings settings() {
        return RegistrySettings.of(Map.of())
                .withRetries(1, Pauses.always(Duration.ofMillis(10)))
                .withCertificates(Certificates.perRegistry(List.of(folder.resolve("certs.d"))));
    }

    private CredentialLookup login(String registry, String base64) throws IOException {
        Path file = Files.writeString(
                folder.resolve("auth.json"), "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + base64 + "\"}}}");
        return DockerConfigCredentials.ofFile(file, Map.of());
    }

    /** Pushes an image in all ways there are, and reads it back. */
    private static void walk(RegistryClient client, String registry) throws IOException, InterruptedException {
        byte[] layer = new byte[9 << 20];
        new Random(1).nextBytes(layer);
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        Reference app = Reference.parse(registry + "/team/app:1");
        Reference copy = Reference.parse(registry + "/team/copy:1");

        Descriptor pushed = client.pushBlob(app, MediaType.OCI_LAYER, new ByteArrayInputStream(layer), total -> {});
        assertThat(pushed.digest()).isEqualTo(Digest.of(layer));
        BlobSource source = () -> new ByteArrayInputStream(layer);
        assertThat(client.pushBlob(app, pushed, List.of(), source, total -> {})).isEqualTo(BlobDelivery.PRESENT);
        assertThat(client.pushBlob(copy, pushed, List.of("team/app"), source, total -> {}))
                .isEqualTo(BlobDelivery.MOUNTED);
        Descriptor configuration = new Descriptor(MediaType.OCI_CONFIG, Digest.of(config), config.length);
        assertThat(client.pushBlob(
                        app, configuration, List.of("team/none"), () -> new ByteArrayInputStream(config), total -> {}))
                .isEqualTo(BlobDelivery.UPLOADED);

        byte[] manifest = ("{\"schemaVersion\":2, \"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                        + json(configuration) + ",\"layers\":[" + json(pushed) + "]}\n")
                .getBytes(StandardCharsets.UTF_8);
        Digest digest = client.pushManifest(app, MediaType.OCI_MANIFEST, manifest);
        assertThat(client.manifest(app).bytes()).isEqualTo(manifest);
        assertThat(client.headManifest(app)).contains(new Descriptor(MediaType.OCI_MANIFEST, digest, manifest.length));
        assertThat(client.tags(app)).containsExactly("1");
        try (InputStream blob = client.blob(copy, pushed)) {
            assertThat(blob.readAllBytes()).isEqualTo(layer);
        }
    }

    private static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    @Test
    void servesALoopbackPortInTheClear() throws IOException, InterruptedException {
        try (DebianRegistry registry = DebianRegistry.start(folder, "")) {
            walk(RegistryClient.of(settings(), CredentialLookup.none()), registry.name());
        }
    }

    @Test
    void takesALogin() throws IOException, InterruptedException {
        Path passwords = Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
        String auth = "auth: {htpasswd: {realm: here, path: " + passwords + "}}\n";
        try (DebianRegistry registry = DebianRegistry.start(folder, auth)) {
            walk(RegistryClient.of(settings(), login(registry.name(), "YWxpY2U6czNjcmV0")), registry.name());

            RegistryClient wrong = RegistryClient.of(settings(), login(registry.name(), "YWxpY2U6d3Jvbmc="));
            BuildException letter = catchThrowableOfType(
                    BuildException.class, () -> wrong.manifest(Reference.parse(registry.name() + "/team/app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_DENIED);
            assertThat(letter.what()).contains("alice", "auth.json");
        }
    }

    @Test
    void servesTlsWithACertificateOfItsOwn() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        openssl(List.of(
                "/usr/bin/openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=loopback",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-out",
                certificate.toString(),
                "-keyout",
                key.toString()));
        String tls = "  tls: {certificate: " + certificate + ", key: " + key + "}\n";
        try (DebianRegistry registry = DebianRegistry.start(folder, tls)) {
            Reference image = Reference.parse(registry.name() + "/team/app:1");
            RegistryClient stranger = RegistryClient.of(settings(), CredentialLookup.none());
            BuildException letter = catchThrowableOfType(BuildException.class, () -> stranger.manifest(image));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
            assertThat(letter.remedy()).contains("certs.d/" + registry.name(), "--tls-verify=false");

            walk(RegistryClient.of(settings().withVerifyTls(false), CredentialLookup.none()), registry.name());

            Path trusted = Files.createDirectories(folder.resolve("certs.d").resolve(registry.name()));
            Files.copy(certificate, trusted.resolve("ca.crt"));
            RegistryClient friend = RegistryClient.of(settings(), CredentialLookup.none());
            assertThat(friend.manifest(image).mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
        }
    }

    private void openssl(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as("openssl: %s", Files.readString(folder.resolve("openssl.log")))
                .isTrue();
    }
}
