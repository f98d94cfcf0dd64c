package org.jbuildah.engine.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The distribution project's own registry, as Debian packages it, on a loopback port of its own. */
public final class DebianRegistry implements AutoCloseable {
    public static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;

    private DebianRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param http more lines under {@code http:}, and sections after it */
    public static DebianRegistry start(Path folder, String http) throws IOException, InterruptedException {
        int port = freePort();
        Path config = folder.resolve("config.yml");
        Files.writeString(
                config,
                "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: " + folder.resolve("data")
                        + "}}\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + http,
                StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(List.of(PROGRAM.toString(), "serve", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        DebianRegistry registry = new DebianRegistry(process, port);
        registry.awaitPort(folder.resolve("log"));
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            if (answers()) {
                return;
            }
            Thread.sleep(50);
        }
        close();
        throw new IOException("docker-registry did not start: " + Files.readString(log));
    }

    private boolean answers() throws IOException {
        Socket socket = new Socket();
        try (socket) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    public String name() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .handle((done, late) -> done == null ? process.destroyForcibly() : done)
                .join();
    }
}
