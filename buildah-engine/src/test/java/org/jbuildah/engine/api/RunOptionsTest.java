package org.jbuildah.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jbuildah.engine.api.RunNetwork.HostEntry;
import org.jbuildah.engine.api.RunNetwork.Resolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
    @Test
    void capabilitiesAreTheDefaultOnesWithMoreAndFewer() {
        assertThat(Capability.granted(List.of(), List.of()))
                .isEqualTo(Capability.DEFAULT)
                .hasSize(14);
        assertThat(Capability.granted(List.of("cap_net_admin", "SYS_PTRACE"), List.of("Chown")))
                .contains(Capability.NET_ADMIN, Capability.SYS_PTRACE)
                .doesNotContain(Capability.CHOWN)
                .hasSize(15);
        assertThat(Capability.granted(List.of("KILL"), List.of("all"))).containsExactly(Capability.KILL);
        assertThat(Capability.granted(List.of("ALL"), List.of("CAP_KILL")))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.KILL)));
    }

    @Test
    void capabilitiesThatContradictEachOtherOrDoNotExistAreRefused() {
        assertThatThrownBy(() -> Capability.granted(List.of("KILL"), List.of("CAP_KILL")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("KILL");
        assertThatThrownBy(() -> Capability.granted(List.of("all"), List.of("all")))
                .isInstanceOf(RequestInvalid.class);
        assertThatThrownBy(() -> Capability.granted(List.of("NET_ADMIM"), List.of()))
                .isInstanceOfSatisfying(RequestInvalid.class, letter -> assertThat(letter.remedy())
                        .contains("NET_ADMIN"));
    }

    @ParameterizedTest
    @CsvSource({
        "nofile=1024, nofile=1024:1024",
        "nofile:1024:2048, nofile=1024:2048",
        "NPROC=5:-1, nproc=5:-1",
        "core=-1, core=-1:-1"
    })
    void aUlimitIsReadAsBuildahWritesIt(String text, String read) {
        assertThat(Ulimit.parse(text)).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nofile", "nofile=", "nofile=x", "nofile=2:1", "nofile=-1:5", "nofile=-2", "files=1", "=1", ""})
    void whatIsNoUlimitIsRefused(String text) {
        assertThatThrownBy(() -> Ulimit.parse(text)).isInstanceOf(RequestInvalid.class);
    }

    @Test
    void ofSeveralLimitsForOneResourceTheLastCounts() {
        assertThat(RunOptions.DEFAULT
                        .withUlimits(
                                List.of(Ulimit.parse("nofile=1"), Ulimit.parse("core=0"), Ulimit.parse("nofile=2")))
                        .ulimits())
                .extracting(Ulimit::toString)
                .containsExactly("nofile=2:2", "core=0:0");
    }

    @ParameterizedTest
    @CsvSource({"64m, 67108864", "1g, 1073741824", "65536, 65536", "10 kB, 10240", "2GiB, 2147483648", "5b, 5"})
    void sharedMemoryIsANumberOfBytes(String text, long bytes) {
        assertThat(RunOptions.DEFAULT.withSharedMemory(text).sharedMemoryInBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "m", "-1", "64x", "1.5g", "9999999999999999g", "999999999999t"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> RunOptions.DEFAULT.withSharedMemory(text)).isInstanceOf(RequestInvalid.class);
    }

    @Test
    void hostsAreNamesBeforeAnAddress() {
        assertThat(HostEntry.parse("db:192.0.2.7")).containsExactly(new HostEntry("db", "192.0.2.7"));
        assertThat(HostEntry.parse("a;b.c:2001:DB8::7"))
                .containsExactly(new HostEntry("a", "2001:db8::7"), new HostEntry("b.c", "2001:db8::7"));
        assertThat(HostEntry.parse("a:[::1]")).containsExactly(new HostEntry("a", "::1"));
        assertThat(HostEntry.parse("host.docker.internal:host-gateway"))
                .containsExactly(new HostEntry("host.docker.internal", "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:",
                ":1.2.3.4",
                "a:1.2.3",
                "a:1.2.3.256",
                "a:b",
                "a;:1.2.3.4",
                "a b:1.2.3.4",
                "a:1::2::3",
                "a:12345::",
                "a#:1.2.3.4",
                "a:1:2:3:4:5:6:7",
                "a:1:2:3:4:5:6:7:8:9",
                "a:1:2:3:4:5:6:7::8",
                "a:::1:"
            })
    void whatIsNoHostIsRefused(String text) {
        assertThatThrownBy(() -> HostEntry.parse(text)).isInstanceOf(RequestInvalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "::ffff:192.0.2.7",
                "fe80::1%eth0",
                "0.0.0.0",
                "255.255.255.255"
            })
    void addressesOfBothKindsAreKnown(String text) {
        assertThat(IpAddress.isOne(text)).isTrue();
    }

    @Test
    void aResolverSaysWhatItReplaces() {
        assertThat(Resolver.parse(List.of(), List.of(), List.of())).isEqualTo(Resolver.OF_THE_MACHINE);
        assertThat(Resolver.parse(List.of("none"), List.of(), List.of()).file()).isFalse();
        assertThatThrownBy(() -> Resolver.parse(List.of("none"), List.of("example.com"), List.of()))
                .isInstanceOf(RequestInvalid.class);
        assertThatThrownBy(() -> Resolver.parse(List.of("dns.example.com"), List.of(), List.of()))
                .isInstanceOf(RequestInvalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"private", "pasta", "pasta:--map-gw", "slirp4netns", "slirp4netns:allow_host_loopback=true"})
    void aNetworkOfTheRunsOwnHasItsHelper(String word) {
        RunNetwork.Access access = RunNetwork.Access.parse(word);

        assertThat(word.toUpperCase(Locale.ROOT)).startsWith(access.kind().name());
        assertThat(access.loopback()).isEqualTo(word.contains(":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns:/run/x", "mynet", "container:x"})
    void aNetworkThatCannotBeHadIsRefusedByName(String word) {
        assertThatThrownBy(() -> RunNetwork.Access.parse(word))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("\"" + word + "\"");
    }
}
