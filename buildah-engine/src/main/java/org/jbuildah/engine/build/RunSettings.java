package org.jbuildah.engine.build;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;

/**
 * What all RUNs of a build have in common and what never becomes part of the image.
 *
 * @param resolvConf the machine's {@code /etc/resolv.conf}
 * @param options of the request
 * @param clock tells when a RUN made its layer
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RunSettings(byte[] resolvConf, RunOptions options, Clock clock) {
    static final String HOSTNAME = "buildkitsandbox";
    private static final int READABLE = 0644;

    /** The files that are laid over the image's: how names become addresses in what a process sees of the network. */
    List<MountSpec> files(Network sees) {
        RunNetwork network = options.network();
        List<MountSpec> files = new ArrayList<>();
        if (network.resolver().file()) {
            byte[] content = ResolvConf.of(resolvConf, resolver(network.resolver(), sees));
            files.add(new MountSpec.GeneratedFile("/etc/resolv.conf", content, READABLE));
        }
        if (network.hostsFile()) {
            files.add(new MountSpec.GeneratedFile("/etc/hosts", hosts(network.hosts()), READABLE));
        }
        return files;
    }

    /** From a private network the machine's own name server, on its loopback device say, is reached by another address. */
    private static RunNetwork.Resolver resolver(RunNetwork.Resolver asked, Network sees) {
        return sees.helped() && asked.servers().isEmpty()
                ? new RunNetwork.Resolver(true, List.of(Network.NAME_SERVER), asked.searches(), asked.options())
                : asked;
    }

    private static byte[] hosts(List<RunNetwork.HostEntry> further) {
        StringBuilder text =
                new StringBuilder("127.0.0.1\tlocalhost " + HOSTNAME + "\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        further.forEach(host ->
                text.append(host.address()).append('\t').append(host.name()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
