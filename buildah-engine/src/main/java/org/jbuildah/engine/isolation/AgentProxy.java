package org.jbuildah.engine.isolation;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries bytes between the sockets that a step found and those of the machine, usually of an ssh agent. It does not understand what it
 * carries, and keeps nothing of it. Closing it ends every connection.
 */
final class AgentProxy implements AutoCloseable {
    private static final int LARGEST_PIECE = 16 * 1024;

    private final List<Closeable> open = new ArrayList<>();
    private boolean closed;

    private AgentProxy() {}

    /** Begins to serve; called by a thread that is not in the step's namespaces, since its threads are begun by this one. */
    static AgentProxy serve(List<BoxMounts.Agent> agents) {
        AgentProxy proxy = new AgentProxy();
        for (BoxMounts.Agent agent : agents) {
            begin(() -> proxy.accept(agent.door(), agent.socket()));
        }
        return proxy;
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel door, Path socket) {
        try {
            keep(door);
            while (true) {
                SocketChannel step = door.accept();
                keep(step);
                connect(step, socket);
            }
        } catch (IOException e) {
            close(door); // closed by the end of the step, most often; what fails else, the step hears by its socket
        }
    }

    private void connect(SocketChannel step, Path socket) {
        try {
            SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            keep(agent);
            begin(() -> carry(step, agent));
            begin(() -> carry(agent, step));
        } catch (IOException agentGone) {
            close(step);
        }
    }

    private void carry(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_PIECE);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private void keep(Closeable channel) throws IOException {
        synchronized (open) {
            if (!closed) {
                open.add(channel);
                return;
            }
        }
        channel.close();
    }

    private static void close(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // of no use any more, and so is what closing it says
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            closed = true;
            open.forEach(AgentProxy::close);
        }
    }
}
