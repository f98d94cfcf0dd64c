package org.jbuildah.maven.config;

import java.time.Duration;
import java.util.List;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.OnFailure;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Ulimit;
import org.jspecify.annotations.Nullable;

/** What the parameters of {@code buildah:build} say about every RUN: what it may do, and what it sees of the network. */
public final class RunConfiguration {
    private List<String> addedCapabilities = List.of();
    private List<String> droppedCapabilities = List.of();
    private List<String> ulimits = List.of();
    private @Nullable String shmSize;
    private List<String> groups = List.of();
    private @Nullable Integer cacheTtlInSeconds;
    private boolean keepFailed;
    private String network = "host";
    private List<String> hosts = List.of();
    private List<String> dnsServers = List.of();
    private List<String> dnsSearches = List.of();
    private List<String> dnsOptions = List.of();

    public RunConfiguration addedCapabilities(@Nullable List<String> value) {
        addedCapabilities = listed(value);
        return this;
    }

    public RunConfiguration droppedCapabilities(@Nullable List<String> value) {
        droppedCapabilities = listed(value);
        return this;
    }

    public RunConfiguration ulimits(@Nullable List<String> value) {
        ulimits = listed(value);
        return this;
    }

    public RunConfiguration shmSize(@Nullable String value) {
        shmSize = value == null || value.isBlank() ? null : value;
        return this;
    }

    public RunConfiguration groups(@Nullable List<String> value) {
        groups = listed(value);
        return this;
    }

    public RunConfiguration cacheTtlInSeconds(@Nullable Integer value) {
        cacheTtlInSeconds = value;
        return this;
    }

    public RunConfiguration keepFailed(boolean value) {
        keepFailed = value;
        return this;
    }

    public RunConfiguration network(String value) {
        network = value;
        return this;
    }

    public RunConfiguration hosts(@Nullable List<String> value) {
        hosts = listed(value);
        return this;
    }

    public RunConfiguration dnsServers(@Nullable List<String> value) {
        dnsServers = listed(value);
        return this;
    }

    public RunConfiguration dnsSearches(@Nullable List<String> value) {
        dnsSearches = listed(value);
        return this;
    }

    public RunConfiguration dnsOptions(@Nullable List<String> value) {
        dnsOptions = listed(value);
        return this;
    }

    private @Nullable Duration cacheTtl() {
        if (cacheTtlInSeconds == null) {
            return null;
        }
        if (cacheTtlInSeconds <= 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<cacheTtl> is " + cacheTtlInSeconds + ", and no result is so young.",
                    "It is a number of seconds; <noCache>true</noCache> runs every step.");
        }
        return Duration.ofSeconds(cacheTtlInSeconds);
    }

    /** Maven gives null for a list that nobody configured, and for an element without text. */
    private static List<String> listed(@Nullable List<String> value) {
        return value == null
                ? List.of()
                : value.stream().map(word -> word == null ? "" : word.strip()).toList();
    }

    /**
     * Reads it.
     *
     * @param usual the limits where the pom names none
     * @throws org.jbuildah.engine.api.RequestInvalid at the first value that has no meaning
     */
    RunOptions options(List<Ulimit> usual) {
        RunOptions options = RunOptions.DEFAULT
                .withCapabilities(Capability.granted(addedCapabilities, droppedCapabilities))
                .withUlimits(
                        ulimits.isEmpty()
                                ? usual
                                : ulimits.stream().map(Ulimit::parse).toList())
                .withGroups(groups)
                .withCacheTtl(cacheTtl())
                .withOnFailure(OnFailure.NOTHING.withKeep(keepFailed))
                .withNetwork(new RunNetwork(
                        RunNetwork.Access.parse(network),
                        hosts.stream()
                                .flatMap(host -> RunNetwork.HostEntry.parse(host).stream())
                                .toList(),
                        true,
                        RunNetwork.Resolver.parse(dnsServers, dnsSearches, dnsOptions)));
        return shmSize == null ? options : options.withSharedMemory(shmSize);
    }
}
