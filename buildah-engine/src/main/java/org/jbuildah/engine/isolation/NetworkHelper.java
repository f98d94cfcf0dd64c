package org.jbuildah.engine.isolation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.rootfs.Network;

/**
 * A program that connects a private network to the machine's without privileges there, and its command line.
 *
 * @see <a href="https://passt.top/builds/latest/web/passt.1.html">pasta(1)</a>
 * @see <a href="https://github.com/rootless-containers/slirp4netns/blob/master/slirp4netns.1.md">slirp4netns(1)</a>
 */
record NetworkHelper(Network.Kind kind, Path program, boolean loopback) {
    /** What the program has as descriptors beside the standard ones: where it says that it is ready, and what ends when it shall end. */
    static final int READY = 3;

    static final int LIFE_LINE = 4;

    private static final List<Path> DIRECTORIES = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"),
            Path.of("/run/current-system/sw/bin"));

    /**
     * Finds the program that a network asks for. Where it asks for any, slirp4netns comes first: a pasta of early 2023 (that of Debian 12)
     * sends bytes twice on kernels of today.
     *
     * @throws HostUnsuitable if it is not installed
     */
    static NetworkHelper of(Network network) {
        return of(network, DIRECTORIES);
    }

    static NetworkHelper of(Network network, List<Path> directories) {
        List<Network.Kind> kinds = network.kind() == Network.Kind.PRIVATE
                ? List.of(Network.Kind.SLIRP4NETNS, Network.Kind.PASTA)
                : List.of(network.kind());
        for (Network.Kind kind : kinds) {
            Optional<Path> program = directories.stream()
                    .map(directory -> directory.resolve(name(kind)))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (program.isPresent()) {
                return new NetworkHelper(kind, program.get(), network.loopback());
            }
        }
        throw new HostUnsuitable(
                FailureCode.NETWORK_NOT_AVAILABLE,
                "The network " + network.kind().name().toLowerCase(Locale.ROOT) + " needs the program "
                        + String.join(
                                " or ", kinds.stream().map(NetworkHelper::name).toList())
                        + ", which is not installed.",
                "Install the package passt or slirp4netns, or use the network host or none.");
    }

    private static String name(Network.Kind kind) {
        return kind == Network.Kind.PASTA ? "pasta" : "slirp4netns";
    }

    /** @param namespace a path of the network namespace, which anybody may open that may search its directory */
    List<String> command(String namespace) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        if (kind == Network.Kind.PASTA) {
            words.addAll(List.of("--foreground", "--quiet", "--config-net", "--netns-only", "--runas", "0"));
            // nothing of the machine comes in by itself, as buildah has it
            words.addAll(List.of("-t", "none", "-u", "none", "-T", "none", "-U", "none"));
            words.addAll(List.of("--dns-forward", Network.NAME_SERVER));
            if (!loopback) {
                words.add("--no-map-gw");
            }
            words.addAll(List.of("--pid", "/proc/self/fd/" + READY, "--netns", namespace));
        } else {
            words.addAll(List.of("--configure", "--mtu=65520", "--enable-sandbox", "--enable-seccomp"));
            if (!loopback) {
                words.add("--disable-host-loopback");
            }
            words.addAll(List.of("--ready-fd=" + READY, "--exit-fd=" + LIFE_LINE, "--netns-type=path"));
            words.addAll(List.of(namespace, "tap0"));
        }
        return words;
    }
}
