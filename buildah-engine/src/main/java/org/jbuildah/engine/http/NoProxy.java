package org.jbuildah.engine.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are reached without a proxy.
 *
 * @param rules each a host, {@code .domain}, {@code host:port}, an address, a CIDR block, or {@code *}
 */
record NoProxy(List<String> rules) {
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("(.*[^:]):([0-9]{1,5})");
    private static final Pattern BLOCK = Pattern.compile("(.+)/([0-9]{1,3})");

    NoProxy {
        rules = List.copyOf(rules);
    }

    static NoProxy parse(String text) {
        return new NoProxy(Stream.of(text.split("[,\\s]+", -1))
                .map(rule -> rule.toLowerCase(Locale.ROOT))
                .filter(rule -> !rule.isEmpty())
                .toList());
    }

    boolean covers(String host, int port) {
        String bare = host.replace("[", "").replace("]", "");
        return rules.stream().anyMatch(rule -> covers(rule, bare, port));
    }

    private static boolean covers(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        Matcher block = BLOCK.matcher(rule);
        if (block.matches()) {
            return inBlock(block.group(1), Integer.parseInt(block.group(2)), host);
        }
        Matcher withPort = WITH_PORT.matcher(rule);
        if (withPort.matches() && !LITERAL.matcher(rule).matches()) {
            return port == Integer.parseInt(withPort.group(2)) && named(withPort.group(1), host);
        }
        return named(rule, host);
    }

    private static boolean named(String rule, String host) {
        String domain = rule.replace("[", "").replace("]", "").replaceFirst("^\\*?\\.", "");
        return host.equals(domain) || (!LITERAL.matcher(host).matches() && host.endsWith("." + domain));
    }

    private static boolean inBlock(String network, int bits, String host) {
        Optional<byte[]> base = address(network);
        Optional<byte[]> address = address(host);
        if (base.isEmpty() || address.isEmpty() || base.get().length != address.get().length) {
            return false;
        }
        int total = Math.min(bits, base.get().length * 8);
        for (int bit = 0; bit < total; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((base.get()[bit / 8] ^ address.get()[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Literal addresses only: nobody asks the DNS for a rule. */
    private static Optional<byte[]> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty(); // digits that make no address
        }
    }
}
