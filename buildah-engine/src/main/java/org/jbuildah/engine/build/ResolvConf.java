package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.RunNetwork;

/**
 * The {@code /etc/resolv.conf} of RUNs: the machine's, in which the name servers, search domains and options that the request gives take
 * the place of the machine's own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/resolv.conf.5.html">resolv.conf(5)</a>
 */
final class ResolvConf {
    private static final List<String> NO_SEARCH = List.of(".");

    private ResolvConf() {}

    static byte[] of(byte[] machine, RunNetwork.Resolver resolver) {
        if (resolver.equals(RunNetwork.Resolver.OF_THE_MACHINE)) {
            return machine;
        }
        List<String> lines = new ArrayList<>();
        for (String line : new String(machine, UTF_8).lines().toList()) {
            String keyword = line.strip().split("\\s+", 2)[0];
            boolean replaced =
                    switch (keyword) {
                        case "nameserver" -> !resolver.servers().isEmpty();
                        case "search", "domain" -> !resolver.searches().isEmpty();
                        case "options" -> !resolver.options().isEmpty();
                        default -> false;
                    };
            if (!replaced) {
                lines.add(line);
            }
        }
        if (!resolver.searches().isEmpty() && !resolver.searches().equals(NO_SEARCH)) {
            lines.add("search " + String.join(" ", resolver.searches()));
        }
        resolver.servers().forEach(server -> lines.add("nameserver " + server));
        if (!resolver.options().isEmpty()) {
            lines.add("options " + String.join(" ", resolver.options()));
        }
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }
}
