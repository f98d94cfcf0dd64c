package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request says about every RUN reaches each, and counts for the cache where it can change the result. */
class RunOptionsInBuildTest {
    private static final String MACHINE = "# made by hand\nnameserver 192.0.2.1\nsearch corp\noptions rotate\n";

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder).resolvConf(MACHINE);
    }

    @AfterEach
    void close() {
        build.close();
    }

    private ProcessSpec run(RunOptions options) throws InterruptedException {
        build.runs(options).build("FROM scratch", "RUN [\"/x\"]");
        return build.rootfs.processes.get(build.rootfs.processes.size() - 1);
    }

    private static RunOptions network(RunNetwork network) {
        return RunOptions.DEFAULT.withNetwork(network);
    }

    private static String file(ProcessSpec process, String target) {
        return process.mounts().stream()
                .map(mount -> (MountSpec.GeneratedFile) mount)
                .filter(file -> file.target().equals(target))
                .map(file -> new String(file.content(), UTF_8))
                .findFirst()
                .orElse("");
    }

    private static RunNetwork hosts(String... hosts) {
        return new RunNetwork(
                RunNetwork.Access.HOST,
                List.of(hosts).stream()
                        .flatMap(text -> RunNetwork.HostEntry.parse(text).stream())
                        .toList(),
                true,
                RunNetwork.Resolver.OF_THE_MACHINE);
    }

    private static RunNetwork resolver(List<String> servers, List<String> searches, List<String> options) {
        return new RunNetwork(
                RunNetwork.Access.HOST, List.of(), true, RunNetwork.Resolver.parse(servers, searches, options));
    }

    @Test
    void grantsReachTheProcess() throws Exception {
        ProcessSpec process = run(RunOptions.DEFAULT
                .withCapabilities(Set.of(Capability.KILL))
                .withUlimits(List.of(Ulimit.parse("nofile=5")))
                .withSharedMemory("1m"));

        assertThat(process.grants().capabilities()).containsExactly(Capability.KILL);
        assertThat(process.grants().ulimits()).containsExactly(Ulimit.parse("nofile=5"));
        assertThat(process.grants().sharedMemoryInBytes()).isEqualTo(1 << 20);
    }

    @Test
    void whatAProcessMayDoCountsForTheCache() throws Exception {
        run(RunOptions.DEFAULT);
        run(RunOptions.DEFAULT.withCapabilities(Set.of()));
        run(RunOptions.DEFAULT.withUlimits(List.of(Ulimit.parse("nofile=5"))));
        run(RunOptions.DEFAULT.withSharedMemory("1m"));
        run(network(hosts("a:192.0.2.1")));
        run(network(new RunNetwork(RunNetwork.Access.NONE, List.of(), true, RunNetwork.Resolver.OF_THE_MACHINE)));
        run(network(new RunNetwork(RunNetwork.Access.HOST, List.of(), false, RunNetwork.Resolver.OF_THE_MACHINE)));

        assertThat(build.rootfs.processes).hasSize(7);
    }

    @Test
    void theWayToTheNetworkDoesNotCountForTheCache() throws Exception {
        run(network(hosts("a:192.0.2.1")));
        run(network(hosts("a:192.0.2.2")).withTimeout(Duration.ofMinutes(1)));
        build.resolvConf("nameserver 192.0.2.9\n");
        run(network(hosts("a:192.0.2.1")));

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void addedHostsStandBelowTheUsualOnes() throws Exception {
        assertThat(file(run(network(hosts("db;cache:192.0.2.7", "six:2001:db8::7"))), "/etc/hosts"))
                .isEqualTo("127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n"
                        + "192.0.2.7\tdb\n192.0.2.7\tcache\n2001:db8::7\tsix\n");
    }

    @Test
    void theImagesOwnFilesCanBeLeftInPlace() throws Exception {
        ProcessSpec process = run(network(new RunNetwork(
                RunNetwork.Access.HOST,
                List.of(),
                false,
                RunNetwork.Resolver.parse(List.of("none"), List.of(), List.of()))));

        assertThat(process.mounts()).isEmpty();
    }

    @Test
    void theResolverIsTheMachinesButForWhatIsGiven() throws Exception {
        assertThat(file(run(RunOptions.DEFAULT), "/etc/resolv.conf")).isEqualTo(MACHINE);
        assertThat(file(
                        run(network(resolver(List.of("192.0.2.5", "::1"), List.of("a", "b"), List.of("ndots:2")))
                                .withSharedMemory("2m")),
                        "/etc/resolv.conf"))
                .isEqualTo("# made by hand\nsearch a b\nnameserver 192.0.2.5\nnameserver ::1\noptions ndots:2\n");
        assertThat(file(
                        run(network(resolver(List.of(), List.of("."), List.of()))
                                .withSharedMemory("3m")),
                        "/etc/resolv.conf"))
                .isEqualTo("# made by hand\nnameserver 192.0.2.1\noptions rotate\n");
    }

    @Test
    void aRunSaysItsNetworkItself() throws Exception {
        RunNetwork none = new RunNetwork(RunNetwork.Access.NONE, List.of(), true, RunNetwork.Resolver.OF_THE_MACHINE);
        build.runs(network(none))
                .build("FROM scratch", "RUN [\"/a\"]", "RUN --network=default [\"/b\"]", "RUN --network=host [\"/c\"]");

        assertThat(build.rootfs.processes)
                .extracting(ProcessSpec::network)
                .containsExactly(Network.NONE, Network.NONE, Network.HOST);
    }

    @Test
    void furtherGroupsAreNumbersOrNamesOfTheImageAndCountForTheCache() throws Exception {
        build.file("group", "root:x:0:\nstaff:x:50:\n");
        List<String> groups = List.of("staff", "7");
        build.runs(RunOptions.DEFAULT.withGroups(groups)).build("FROM scratch", "COPY group /etc/", "RUN [\"/x\"]");
        ProcessSpec process = build.rootfs.processes.get(0);

        assertThat(process.credentials().supplementaryGids()).containsExactly(0, 50, 7);
        build.runs(RunOptions.DEFAULT).build("FROM scratch", "COPY group /etc/", "RUN [\"/x\"]");
        assertThat(build.rootfs.processes).hasSize(2);

        assertThatThrownBy(() -> run(RunOptions.DEFAULT.withGroups(List.of("nobody"))))
                .hasMessageContaining("The image has no group \"nobody\"");
        assertThatThrownBy(() -> RunOptions.DEFAULT.withGroups(List.of("keep-groups")))
                .isInstanceOf(RequestInvalid.class);
    }

    @Test
    void aResultThatIsTooOldIsMadeAgain() throws Exception {
        RunOptions day = RunOptions.DEFAULT.withCacheTtl(Duration.ofDays(1));
        run(day);
        build.at(TestBuild.RUN_TIME.plus(Duration.ofHours(24)));
        run(day);
        assertThat(build.rootfs.processes).hasSize(1);

        build.at(TestBuild.RUN_TIME.plus(Duration.ofHours(25)));
        run(day);
        assertThat(build.rootfs.processes).hasSize(2);

        build.at(TestBuild.RUN_TIME.plus(Duration.ofHours(26)));
        run(day);
        assertThat(build.rootfs.processes).as("what was made again is young").hasSize(2);
        build.at(TestBuild.RUN_TIME.plus(Duration.ofDays(100)));
        run(RunOptions.DEFAULT);
        assertThat(build.rootfs.processes)
                .as("without a limit nothing grows old")
                .hasSize(2);
    }
}
