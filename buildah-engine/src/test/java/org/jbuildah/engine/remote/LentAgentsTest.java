package org.jbuildah.engine.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class LentAgentsTest {
    @TempDir
    Path temp;

    private static byte[] message(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** Answers each message with the same, twice. */
    private static Thread agent(ServerSocketChannel door, List<String> ends) {
        Thread thread = new Thread(() -> {
            try (SocketChannel client = door.accept()) {
                for (Optional<byte[]> said = AgentMessage.read(client);
                        said.isPresent();
                        said = AgentMessage.read(client)) {
                    String text = new String(said.get(), UTF_8).substring(Integer.BYTES);
                    AgentMessage.write(client, message(text + text));
                }
                ends.add("hung up");
            } catch (IOException e) {
                ends.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void anAgentAnswersThroughTheChannelMessageByMessage() throws Exception {
        Path socket = temp.resolve("agent");
        List<String> ends = new CopyOnWriteArrayList<>();
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(UnixDomainSocketAddress.of(socket));
            Thread agent = agent(door, ends);
            LentAgents lent = new LentAgents(Map.of("default", socket));
            Channel machine = new Channel(
                    Channels.newInputStream(back.source()),
                    Channels.newOutputStream(there.sink()),
                    question -> {
                        if (question instanceof Question.Agent asked) {
                            return lent.answer(asked);
                        }
                        lent.hangUp(((Question.HangUp) question).connection());
                        return new Answer.Done();
                    },
                    event -> {});
            Channel container = new Channel(
                    Channels.newInputStream(there.source()),
                    Channels.newOutputStream(back.sink()),
                    question -> new Answer.Done(),
                    event -> {});
            try (machine;
                    container;
                    AgentSockets sockets = AgentSockets.open(container, Set.of("default"))) {
                Path seeming = sockets.paths().get("default");
                try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(seeming))) {
                    for (String text : List.of("a", "x".repeat(100_000))) {
                        AgentMessage.write(client, message(text));
                        assertThat(AgentMessage.read(client)).hasValue(message(text + text));
                    }
                }
                agent.join();
                assertThat(ends).containsExactly("hung up");
            }
        }
    }
}
