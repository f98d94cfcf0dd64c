package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.rootfs.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A step with a network of its own reaches this machine by the gateway, where that is allowed, and no other way. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@EnumSource
class PrivateNetworkTest {
    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        root = new BusyboxRoot(temp, isolation);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write("this machine\n".getBytes(UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) { // set-up may end at an assumption
            server.stop(0);
        }
    }

    private Outcome ask(String address, Network network) throws Exception {
        assumeHelper(network);
        // a pasta of 2023 on a kernel of today sends the answer again and again, and never its end
        String once = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | busybox timeout 3 busybox nc " + address + " "
                + server.getAddress().getPort() + " | grep -m 1 machine";
        return root.step("for i in 1 2 3; do " + once + " && break; done; true")
                .seeing(network)
                .run();
    }

    private static void assumeHelper(Network network) throws IOException {
        if (!network.helped()) {
            return;
        }
        try {
            NetworkHelper.of(network);
        } catch (HostUnsuitable missing) {
            Assumptions.abort(missing.getMessage());
        }
        Assumptions.assumeTrue(Files.isReadable(Path.of("/dev/net/tun")), "no /dev/net/tun on this machine");
        Assumptions.assumeTrue(
                Files.readString(Path.of("/proc/net/route")).contains("\t00000000\t"),
                "this machine has no route that a helper could copy");
    }

    private static Network of(Network.Kind kind, boolean loopback) {
        return new Network(kind, loopback);
    }

    @Test
    void slirp4netnsLeadsToThisMachine() throws Exception {
        Outcome outcome = ask("10.0.2.2", of(Network.Kind.SLIRP4NETNS, true));
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("this machine\n");
    }

    @Test
    void slirp4netnsDoesNotUnlessItIsAllowed() throws Exception {
        assertThat(ask("10.0.2.2", of(Network.Kind.SLIRP4NETNS, false)).out()).isEmpty();
    }

    @Test
    void pastaLeadsToThisMachine() throws Exception {
        String gateway = "$(busybox route -n | while read to via rest; do [ $to = 0.0.0.0 ] && echo $via; done)";
        Outcome outcome = ask(gateway, of(Network.Kind.PASTA, true));
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("this machine\n");
    }

    @Test
    void theStepsLoopbackDeviceIsItsOwn() throws Exception {
        assertThat(ask("127.0.0.1", of(Network.Kind.PRIVATE, true)).out()).isEmpty();
        assertThat(ask("127.0.0.1", Network.HOST).out()).isEqualTo("this machine\n");
    }

    @Test
    void theHelperIsNotSeenByTheStepAndEndsWithIt() throws Exception {
        for (Network.Kind kind : List.of(Network.Kind.SLIRP4NETNS, Network.Kind.PASTA)) {
            assumeHelper(of(kind, false));
            Outcome outcome = root.step("busybox ps").seeing(of(kind, false)).run();
            assertThat(outcome.out())
                    .contains("busybox ps")
                    .doesNotContain("slirp")
                    .doesNotContain("pas");
            try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
                assertThat(children.map(child -> child.info().command().orElse("")))
                        .noneMatch(command -> command.contains("slirp") || command.contains("pas"));
            }
        }
    }

    @Test
    void aHelperThatIsNotInstalledIsNamedWithItsPackage() {
        assertThatThrownBy(() -> NetworkHelper.of(of(Network.Kind.PRIVATE, false), List.of(temp)))
                .isInstanceOfSatisfying(HostUnsuitable.class, letter -> assertThat(letter.code())
                        .isEqualTo(FailureCode.NETWORK_NOT_AVAILABLE))
                .hasMessageContaining("slirp4netns or pasta, which is not installed");
    }
}
