package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(20)
class AgentProxyTest {
    @TempDir
    private Path temp;

    @Test
    void whatIsAskedReachesTheAgentAndItsAnswerComesBack() throws Exception {
        try (ServerSocketChannel agent = bound("agent");
                ServerSocketChannel door = bound("door")) {
            AgentProxy proxy = AgentProxy.serve(List.of(new BoxMounts.Agent(door, temp.resolve("agent"))));
            try (proxy;
                    SocketChannel step = SocketChannel.open(UnixDomainSocketAddress.of(temp.resolve("door")));
                    SocketChannel asked = agent.accept()) {
                step.write(ByteBuffer.wrap("question".getBytes(UTF_8)));
                assertThat(read(asked)).isEqualTo("question");
                asked.write(ByteBuffer.wrap("answer".getBytes(UTF_8)));
                assertThat(read(step)).isEqualTo("answer");
                asked.shutdownOutput();
                assertThat(read(step)).isEmpty();
            }
        }
    }

    @Test
    void whereNoAgentIsTheStepHearsAnEnd() throws Exception {
        try (ServerSocketChannel door = bound("door")) {
            AgentProxy proxy = AgentProxy.serve(List.of(new BoxMounts.Agent(door, temp.resolve("none"))));
            try (proxy;
                    SocketChannel step = SocketChannel.open(UnixDomainSocketAddress.of(temp.resolve("door")))) {
                assertThat(read(step)).isEmpty();
            }
        }
    }

    @Test
    void itsEndIsTheEndOfAllConnections() throws Exception {
        try (ServerSocketChannel agent = bound("agent");
                ServerSocketChannel door = bound("door")) {
            AgentProxy proxy = AgentProxy.serve(List.of(new BoxMounts.Agent(door, temp.resolve("agent"))));
            try (SocketChannel step = SocketChannel.open(UnixDomainSocketAddress.of(temp.resolve("door")));
                    SocketChannel asked = agent.accept()) {
                proxy.close();
                assertThat(read(step)).isEmpty();
                assertThat(read(asked)).isEmpty();
                assertThat(door.isOpen()).isFalse();
            }
        }
    }

    private ServerSocketChannel bound(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(temp.resolve(name)));
    }

    /** What can be read at once; empty at the end. */
    private static String read(SocketChannel from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        int length = from.read(buffer);
        return length < 0 ? "" : new String(buffer.array(), 0, length, UTF_8);
    }
}
