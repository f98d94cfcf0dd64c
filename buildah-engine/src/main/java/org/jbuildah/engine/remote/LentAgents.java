package org.jbuildah.engine.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ssh agents of this machine, as far as they are lent to a build. Keys stay in them. */
final class LentAgents {
    private final Map<String, Path> sockets;
    private final Map<Integer, SocketChannel> connections = new ConcurrentHashMap<>();

    /** @param sockets by id */
    LentAgents(Map<String, Path> sockets) {
        this.sockets = Map.copyOf(sockets);
    }

    /** A connection is made by its first message. */
    Answer.AgentReply answer(Question.Agent asked) throws IOException {
        Path socket = sockets.get(asked.id());
        if (socket == null) {
            throw new IOException("the ssh agent \"" + asked.id() + "\" is not lent");
        }
        SocketChannel agent = connections.get(asked.connection());
        if (agent == null) {
            agent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            connections.put(asked.connection(), agent);
        }
        AgentMessage.write(agent, asked.message());
        return new Answer.AgentReply(
                AgentMessage.read(agent).orElseThrow(() -> new EOFException("the ssh agent has hung up")));
    }

    void hangUp(int connection) throws IOException {
        SocketChannel agent = connections.remove(connection);
        if (agent != null) {
            agent.close();
        }
    }
}
