package org.jbuildah.engine.remote;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets of this side, at which the ssh agents of the other side seem to listen. */
final class AgentSockets implements AutoCloseable {
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final Channel channel;
    private final Map<String, Path> paths = new HashMap<>();
    private final Map<String, ServerSocketChannel> doors = new HashMap<>();

    private AgentSockets(Channel channel) {
        this.channel = channel;
    }

    static AgentSockets open(Channel channel, Set<String> ids) throws IOException {
        AgentSockets sockets = new AgentSockets(channel);
        for (String id : ids) {
            sockets.listen(id);
        }
        return sockets;
    }

    private void listen(String id) throws IOException {
        Path path = Files.createTempDirectory("agent").resolve("socket");
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        doors.put(id, door);
        door.bind(UnixDomainSocketAddress.of(path));
        paths.put(id, path);
        begin(() -> accept(id, door));
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "jbuildah-agent");
        thread.setDaemon(true);
        thread.start();
    }

    /** By the id of the agent. */
    Map<String, Path> paths() {
        return Map.copyOf(paths);
    }

    private void accept(String id, ServerSocketChannel door) {
        try {
            while (true) {
                SocketChannel client = door.accept();
                begin(() -> carry(id, client));
            }
        } catch (IOException closed) {
            return; // at the end of the build
        }
    }

    private void carry(String id, SocketChannel client) {
        int connection = CONNECTIONS.incrementAndGet();
        try (client) {
            for (Optional<byte[]> message = AgentMessage.read(client);
                    message.isPresent();
                    message = AgentMessage.read(client)) {
                Answer.AgentReply reply = channel.ask(new Question.Agent(connection, id, message.get()));
                AgentMessage.write(client, reply.message());
            }
            channel.ask(new Question.HangUp(connection));
        } catch (IOException broken) {
            return; // the client finds its socket closed, as of an agent that has gone
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel door : doors.values()) {
            door.close();
        }
        for (Path path : paths.values()) {
            Files.deleteIfExists(path);
        }
    }
}
