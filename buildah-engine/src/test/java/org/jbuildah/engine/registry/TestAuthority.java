package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority that lives as long as a test's folder: {@code ca.crt} and what it signed. */
public final class TestAuthority {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    public static TestAuthority in(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(OPENSSL), "needs openssl");
        TestAuthority authority = new TestAuthority(Files.createDirectories(folder));
        authority.make("ca", "rsa:2048", List.of("-addext", "basicConstraints=critical,CA:TRUE"));
        return authority;
    }

    public Path certificate() {
        return folder.resolve("ca.crt");
    }

    public Path folder() {
        return folder;
    }

    /**
     * Signs {@code NAME.crt} for the key {@code NAME.pem}, which is in PKCS#8.
     *
     * @param key as {@code openssl req -newkey} names it
     */
    public void sign(String name, String key) throws IOException, InterruptedException {
        List<String> more = new ArrayList<>(
                List.of("-CA", "ca.crt", "-CAkey", "ca.pem", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"));
        if (key.equals("ec")) {
            more.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-384"));
        }
        make(name, key, more);
    }

    private void make(String name, String key, List<String> more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("req", "-x509", "-newkey", key, "-nodes", "-days", "2", "-subj", "/CN=" + name));
        words.addAll(more);
        words.addAll(List.of("-out", name + ".crt", "-keyout", name + ".pem"));
        openssl(words.toArray(String[]::new));
    }

    /** Runs {@code openssl} in the folder. */
    public void openssl(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(words));
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as("%s: %s", command, Files.readString(log))
                .isTrue();
    }
}
