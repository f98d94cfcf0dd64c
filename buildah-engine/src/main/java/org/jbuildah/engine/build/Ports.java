package org.jbuildah.engine.build;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/**
 * The words of EXPOSE as ports: {@code [[ip:]hostPort:]port[-port][/protocol]}; only the container's side counts.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#expose">Dockerfile reference: EXPOSE</a>
 */
final class Ports {
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");

    private Ports() {}

    /** {@code port/protocol} of each port meant, sorted. */
    static SortedSet<String> of(List<String> words) {
        SortedSet<String> ports = new TreeSet<>();
        for (String word : words) {
            addTo(ports, word);
        }
        return ports;
    }

    private static void addTo(SortedSet<String> ports, String word) {
        int slash = word.indexOf('/');
        String protocol = slash < 0 ? "tcp" : word.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (protocol.isEmpty()) {
            protocol = "tcp";
        }
        if (!PROTOCOLS.contains(protocol)) {
            throw invalid(word, "\"" + protocol + "\" is not a protocol; tcp, udp and sctp are");
        }
        String addresses = slash < 0 ? word : word.substring(0, slash);
        String range = addresses.substring(addresses.lastIndexOf(':') + 1);
        int dash = range.indexOf('-');
        int first = port(word, dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : port(word, range.substring(dash + 1));
        if (last < first) {
            throw invalid(word, "the range ends before it begins");
        }
        for (int port = first; port <= last; port++) {
            ports.add(port + "/" + protocol);
        }
    }

    private static int port(String word, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(word, "\"" + digits + "\" is not a port number");
        }
        throw invalid(word, digits + " is not between 0 and 65535");
    }

    private static DockerfileInvalid invalid(String word, String why) {
        return new DockerfileInvalid(
                FailureCode.INSTRUCTION_INVALID,
                "EXPOSE " + word + ": " + why + ".",
                "Write a port such as 8080, 8080/udp or 8000-8010.");
    }
}
