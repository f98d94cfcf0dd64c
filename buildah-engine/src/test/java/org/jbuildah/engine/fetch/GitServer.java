package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A repository that the installed git made, and its daemon on the loopback interface. */
public final class GitServer implements AutoCloseable {
    public static final String TIME = "2020-01-02T03:04:05Z";

    private final Path work;
    private final Path bare;
    private final Process daemon;
    private final int port;

    public GitServer(Path folder) throws IOException, InterruptedException {
        work = Files.createDirectories(folder.resolve("work"));
        bare = Files.createDirectories(folder.resolve("served")).resolve("shop.git");
        git("init", "-q", "-b", "main");
        write("readme.txt", "one\n");
        write("docs/guide.txt", "guide\n");
        write("run.sh", "#!/bin/sh\n");
        work.resolve("run.sh").toFile().setExecutable(true);
        commit("one");
        git("tag", "-a", "v1", "-m", "first");
        git("checkout", "-q", "-b", "next");
        write("readme.txt", "two\n");
        commit("two");
        git("checkout", "-q", "main");
        git("clone", "-q", "--bare", work.toString(), bare.toString());
        publish();
        port = freePort();
        daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--reuseaddr",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + bare.getParent(),
                        "--export-all")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.log").toFile())
                .start();
        awaitPort();
    }

    /** Whether this machine has a git that can serve. */
    public static boolean isThere() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                Thread.sleep(50);
            }
        }
    }

    public String address() {
        return "git://127.0.0.1:" + port + "/shop.git";
    }

    /** The folder with the bare repository {@code shop.git}, for a server of plain files. */
    public Path served() {
        return bare.getParent();
    }

    public String id(String name) throws IOException, InterruptedException {
        return git("rev-parse", name).strip();
    }

    public void write(String name, String text) throws IOException {
        Files.createDirectories(work.resolve(name).getParent());
        Files.writeString(work.resolve(name), text);
    }

    public void commit(String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    /** Has the daemon serve what was committed. */
    public void publish() throws IOException, InterruptedException {
        git("push", "-q", "--all", bare.toString());
        git("push", "-q", "--tags", bare.toString());
        git("--git-dir", bare.toString(), "update-server-info");
    }

    public String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "Test");
            builder.environment().put("GIT_" + who + "_EMAIL", "test@example.org");
            builder.environment().put("GIT_" + who + "_DATE", TIME);
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly();
    }
}
