package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jbuildah.engine.registry.DebianRegistry;
import org.jbuildah.engine.registry.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands against a registry that others wrote, with a login and certificates of its own. */
@Timeout(240)
class RegistryFlagsTest {
    /** {@code s3cret}, as htpasswd -B writes it. */
    private static final String HTPASSWD = "alice:$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n";

    private static final String CREDS = "alice:s3cret";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeAContext() throws IOException {
        environment.put("HOME", folder.toString());
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    }

    /** What a command said, and how it ended. */
    private record Said(int code, String out, String err) {}

    private Said run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all =
                new ArrayList<>(List.of("--root", folder.resolve("store").toString()));
        all.addAll(List.of(words));
        int code = Cli.run(
                all.toArray(String[]::new),
                new Cli.Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment));
        Said said = new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(said.out() + said.err()).doesNotContain("s3cret", "Exception", "\tat ");
        return said;
    }

    private void succeeds(String... words) {
        Said said = run(words);
        assertThat(said.code()).as(said.err()).isZero();
    }

    private String fails(String... words) {
        Said said = run(words);
        assertThat(said.code()).isEqualTo(1);
        return said.err();
    }

    private String passwords() throws IOException {
        Path file = Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
        return "auth: {htpasswd: {realm: here, path: " + file + "}}\n";
    }

    private String context() {
        return folder.resolve("context").toString();
    }

    private static void needsTheProgram() {
        assumeTrue(Files.isExecutable(DebianRegistry.PROGRAM), "needs Debian's docker-registry");
    }

    @Test
    void aLoginOfTheCommandLineServesPushPullAndBuildAndIsKeptNowhere() throws IOException, InterruptedException {
        needsTheProgram();
        try (DebianRegistry registry = DebianRegistry.start(folder, passwords())) {
            String image = registry.name() + "/team/app:1";
            succeeds("build", "-t", image, context());

            assertThat(fails("push", image)).contains("[REGISTRY_DENIED]");
            assertThat(fails("push", "--creds", "alice:s3cret-not", image))
                    .contains("[REGISTRY_DENIED]", "user \"alice\" from --creds");
            succeeds("push", "--creds", CREDS, image);
            succeeds("pull", "--creds", CREDS, image);
            Files.writeString(
                    folder.resolve("context/Dockerfile"), "FROM " + image + "\nLABEL a=b\nCOPY Dockerfile /two\n");
            succeeds("build", "--pull", "--creds", CREDS, "-t", "two", context());

            try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(RegistryFlagsTest::tells);
            }
        }
    }

    private static boolean tells(Path file) {
        try {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return bytes.contains("s3cret") || bytes.contains(base64());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(CREDS.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileOfLoginsCountsAloneAndBeforeTheEnvironments() throws IOException, InterruptedException {
        needsTheProgram();
        try (DebianRegistry registry = DebianRegistry.start(folder, passwords())) {
            String image = registry.name() + "/team/app:1";
            Path logins = Files.writeString(
                    folder.resolve("logins.json"),
                    "{\"auths\":{\"" + registry.name() + "\":{\"auth\":\"" + base64() + "\"}}}");
            Path none = Files.writeString(folder.resolve("none.json"), "{}");
            succeeds("build", "-t", image, context());

            succeeds("push", "--authfile", logins.toString(), image);
            environment.put("REGISTRY_AUTH_FILE", none.toString());
            assertThat(fails("push", image)).contains("[REGISTRY_DENIED]", none.toString());
            succeeds("push", "--authfile", logins.toString(), image);
            environment.put("REGISTRY_AUTH_FILE", logins.toString());
            succeeds("push", image);
            assertThat(fails("push", "--authfile", none.toString(), image)).contains("[REGISTRY_DENIED]");
            succeeds("push", "--authfile", none.toString(), "--creds", CREDS, image);
        }
    }

    @Test
    void certificatesOfADirectoryOpenARegistryThatAsksForOne() throws IOException, InterruptedException {
        needsTheProgram();
        TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
        authority.sign("server", "rsa:2048");
        authority.sign("client", "ec");
        Path signed = authority.folder();
        String tls = "  tls: {certificate: " + signed.resolve("server.crt") + ", key: " + signed.resolve("server.pem")
                + ", clientcas: [" + authority.certificate() + "]}\n";
        Path trusting = Files.createDirectories(folder.resolve("trusting"));
        Files.copy(authority.certificate(), trusting.resolve("ca.crt"));
        Path known = Files.createDirectories(folder.resolve("known"));
        Files.copy(authority.certificate(), known.resolve("ca.crt"));
        Files.copy(signed.resolve("client.crt"), known.resolve("client.cert"));
        Files.copy(signed.resolve("client.pem"), known.resolve("client.key"));
        try (DebianRegistry registry = DebianRegistry.start(folder, tls + passwords())) {
            String image = registry.name() + "/team/app:1";
            succeeds("build", "-t", image, context());

            String[] push = {"push", "--retry=0", "--creds", CREDS, "--cert-dir"};
            assertThat(fails(plus(push, trusting.toString(), image)))
                    .contains("[REGISTRY_UNREACHABLE]", "client certificate", "--cert-dir");
            succeeds(plus(push, known.toString(), image));
            succeeds(plus(push, known.toString(), "--tls-verify=false", image));
            succeeds("pull", "--creds", CREDS, "--cert-dir", known.toString(), image);
            assertThat(fails("pull", "--creds", CREDS, image)).contains("signed its certificate", "--cert-dir");
        }
    }

    private static String[] plus(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void mistakesAreToldBeforeAnythingIsDone() {
        Path none = folder.resolve("none"); // as the context, too: it would be missed next

        assertThat(fails("build", "--authfile", none.toString(), none.toString()))
                .contains("The credential file " + none + " does not exist", "--authfile");
        assertThat(fails("build", "--cert-dir", none.toString(), none.toString()))
                .contains("The certificate directory \"" + none + "\" does not exist", "*.crt");
        assertThat(fails("build", "--creds", "alice", none.toString()))
                .contains("The password of \"alice\" is not given", "--creds USER:PASSWORD");
        assertThat(fails("build", "--creds", ":s3cret", none.toString())).contains("--creds names no user");
        assertThat(fails("build", "--retry", "-1", none.toString())).contains("-1 times");
        assertThat(fails("build", "--retry-delay", "soon", none.toString())).contains("--retry-delay \"soon\"");
    }

    @Test
    void theLoginIsInNoLetterOfAWrongCommandLine() {
        assertThat(run("images", "--creds", CREDS).code()).isEqualTo(2);
        assertThat(run("images", "--creds=" + CREDS).code()).isEqualTo(2);
        assertThat(run("build", "--cred=" + CREDS, context()).code()).isEqualTo(2);
        assertThat(run("build", "--creds", CREDS, "--cache-from", "x", context())
                        .code())
                .isEqualTo(2);
        assertThat(run("push", "--creds", CREDS).code()).isEqualTo(2);
    }
}
