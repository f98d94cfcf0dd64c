package org.jbuildah.engine.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jbuildah.engine.api.BuildEnvironment;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Ulimit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a build that every RUN feels. */
final class RunFlags {
    private static final List<String> PROXIES =
            List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "The longest that one RUN may take, such as 90s or 10m.")
    private @Nullable String timeout;

    @Option(
            names = "--http-proxy",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: RUN does not see the proxies of the environment. Default: true.")
    private boolean httpProxy = true;

    @Option(
            names = "--cap-add",
            split = ",",
            paramLabel = "CAPABILITY",
            description =
                    "A capability that root in a RUN has beside Docker's default ones, such as NET_ADMIN, or all.")
    private List<String> addedCapabilities = new ArrayList<>();

    @Option(
            names = "--cap-drop",
            split = ",",
            paramLabel = "CAPABILITY",
            description = "A capability that root in a RUN does not have, or all.")
    private List<String> droppedCapabilities = new ArrayList<>();

    @Option(
            names = "--ulimit",
            paramLabel = "TYPE=SOFT[:HARD]",
            description =
                    "A limit of each process of a RUN, such as nofile=1024:4096; -1 for no limit. Default: $WERF_BUILDAH_ULIMIT.")
    private List<String> ulimits = new ArrayList<>();

    @Option(
            names = "--group-add",
            split = ",",
            paramLabel = "GROUP",
            description = "A further group of each process of a RUN: a number, or a name in the image.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--cache-ttl",
            paramLabel = "DURATION",
            description = "A RUN whose cached result is older, such as 24h, is run again; 0 as --no-cache.")
    private @Nullable String cacheTtl;

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "The size of /dev/shm in a RUN. Default: 64m.")
    private @Nullable String shmSize;

    @Option(
            names = {"--network", "--net"},
            paramLabel = "MODE",
            description =
                    "What a RUN sees of the network unless its --network says more: host, none, private (by pasta or slirp4netns), pasta[:--map-gw] or slirp4netns[:allow_host_loopback=true]. Default: host.")
    private String network = "host";

    @Option(
            names = "--add-host",
            paramLabel = "NAME:ADDRESS",
            description = "A further line of /etc/hosts; the address host-gateway is this machine.")
    private List<String> addedHosts = new ArrayList<>();

    @Option(names = "--no-hosts", description = "RUN sees the image's own /etc/hosts.")
    private boolean noHosts;

    @Option(
            names = "--no-hostname",
            description = "RUN sees the image's own /etc/hostname; so it does without this flag.")
    @SuppressWarnings("UnusedVariable") // what it asks for is always so
    private boolean noHostname;

    @Option(
            names = "--dns",
            split = ",",
            paramLabel = "ADDRESS",
            description = "A name server in place of the machine's; none leaves the image's own /etc/resolv.conf.")
    private List<String> dns = new ArrayList<>();

    @Option(
            names = "--dns-search",
            split = ",",
            paramLabel = "DOMAIN",
            description = "A search domain in place of the machine's; a dot for none.")
    private List<String> dnsSearches = new ArrayList<>();

    @Option(
            names = "--dns-option",
            split = ",",
            paramLabel = "OPTION",
            description = "An option of /etc/resolv.conf in place of the machine's.")
    private List<String> dnsOptions = new ArrayList<>();

    RunOptions options(Map<String, String> environment) {
        RunOptions options = RunOptions.DEFAULT
                .withTimeout(timeout == null ? null : Words.limit("--timeout", timeout))
                .withProxyVariables(httpProxy ? proxies(environment) : Map.of())
                .withCapabilities(Capability.granted(addedCapabilities, droppedCapabilities))
                .withUlimits(
                        ulimits.isEmpty()
                                ? new BuildEnvironment(environment).ulimits()
                                : ulimits.stream().map(Ulimit::parse).toList())
                .withNetwork(network())
                .withGroups(groups)
                .withCacheTtl(cacheTtl());
        return shmSize == null ? options : options.withSharedMemory(shmSize);
    }

    /** Whether nothing of the cache is young enough. */
    boolean neverCached() {
        Duration limit = cacheTtl();
        return limit != null && limit.isZero();
    }

    private @Nullable Duration cacheTtl() {
        if (cacheTtl == null) {
            return null;
        }
        Duration limit = Words.pause("--cache-ttl", cacheTtl);
        if (limit.isNegative()) {
            throw Cli.wrong("--cache-ttl " + cacheTtl + " is less than nothing.", "Write 0, or such as 24h.");
        }
        return limit;
    }

    private RunNetwork network() {
        if (noHosts && !addedHosts.isEmpty()) {
            throw Cli.wrong(
                    "--no-hosts and --add-host ask for different things.",
                    "Leave --no-hosts out: the file that --add-host writes into is the one that it leaves away.");
        }
        return new RunNetwork(
                RunNetwork.Access.parse(network),
                addedHosts.stream()
                        .flatMap(text -> RunNetwork.HostEntry.parse(text).stream())
                        .toList(),
                !noHosts,
                RunNetwork.Resolver.parse(dns, dnsSearches, dnsOptions));
    }

    private static Map<String, String> proxies(Map<String, String> environment) {
        Map<String, String> proxies = new LinkedHashMap<>();
        for (String name : PROXIES) {
            for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
                String value = environment.getOrDefault(spelling, "");
                if (!value.isEmpty()) {
                    proxies.put(spelling, value);
                }
            }
        }
        return proxies;
    }
}
