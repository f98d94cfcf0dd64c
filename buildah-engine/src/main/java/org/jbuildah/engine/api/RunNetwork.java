package org.jbuildah.engine.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What RUNs see of the network, where the Dockerfile does not say otherwise.
 *
 * @param access of a RUN without {@code --network}, or with {@code --network=default}
 * @param hosts further lines of {@code /etc/hosts}
 * @param hostsFile false where RUNs see the image's own {@code /etc/hosts}
 * @param resolver what stands in {@code /etc/resolv.conf}
 */
public record RunNetwork(Access access, List<HostEntry> hosts, boolean hostsFile, Resolver resolver) {
    public static final RunNetwork DEFAULT = new RunNetwork(Access.HOST, List.of(), true, Resolver.OF_THE_MACHINE);

    public RunNetwork {
        hosts = List.copyOf(hosts);
    }

    /**
     * How much of it there is.
     *
     * @param loopback whether the gateway of a private network is the machine's own loopback device; false for every other one
     */
    public record Access(Kind kind, boolean loopback) {
        /** What the machine sees. */
        public static final Access HOST = new Access(Kind.HOST, false);
        /** A loopback device of its own and nothing else. */
        public static final Access NONE = new Access(Kind.NONE, false);

        private static final String PASTA = "pasta";
        private static final String SLIRP = "slirp4netns";

        /** The kinds. */
        public enum Kind {
            HOST,
            NONE,
            /** One of its own, which pasta or slirp4netns connects to the machine's, whichever is there. */
            PRIVATE,
            PASTA,
            SLIRP4NETNS
        }

        public Access {
            if (loopback && (kind == Kind.HOST || kind == Kind.NONE)) {
                throw new IllegalArgumentException(kind + " has no gateway");
            }
        }

        /**
         * Reads buildah's word, and of what may follow it after a colon what says whether the machine's loopback device is reached.
         *
         * @throws RequestInvalid if it is unknown, or names a network that cannot be had
         */
        public static Access parse(String word) {
            return switch (word) {
                case "host", "default", "" -> HOST;
                case "none" -> NONE;
                case "private" -> new Access(Kind.PRIVATE, false);
                case PASTA, PASTA + ":--no-map-gw" -> new Access(Kind.PASTA, false);
                case PASTA + ":--map-gw" -> new Access(Kind.PASTA, true);
                case SLIRP, SLIRP + ":allow_host_loopback=false" -> new Access(Kind.SLIRP4NETNS, false);
                case SLIRP + ":allow_host_loopback=true" -> new Access(Kind.SLIRP4NETNS, true);
                default ->
                    throw new RequestInvalid(
                            FailureCode.REQUEST_INVALID,
                            "The network \"" + word
                                    + "\" cannot be had: RUN sees the machine's network, a private one, or none.",
                            "Write host, none, private, pasta or slirp4netns; after the last two may follow :--map-gw and"
                                    + " :allow_host_loopback=true.");
            };
        }
    }

    /** A name and its address in {@code /etc/hosts}. */
    public record HostEntry(String name, String address) {
        /** The machine itself as a RUN reaches it, which shares its network. */
        private static final String GATEWAY = "host-gateway";

        /**
         * Reads {@code name:address}; several names may stand before one address, parted by semicolons. The address is that of IPv4 or
         * IPv6, or {@code host-gateway} for this machine.
         *
         * @throws RequestInvalid if the text is none
         */
        public static List<HostEntry> parse(String text) {
            int colon = text.indexOf(':');
            if (colon <= 0 || colon == text.length() - 1) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The host \"" + text + "\" is not NAME:ADDRESS.",
                        "Write such as db.example.com:192.0.2.7.");
            }
            String address = address(text, text.substring(colon + 1));
            List<HostEntry> entries = new ArrayList<>();
            for (String name : text.substring(0, colon).split(";", -1)) {
                if (name.isEmpty() || !name.equals(name.strip()) || name.matches(".*[\\s#].*")) {
                    throw new RequestInvalid(
                            FailureCode.REQUEST_INVALID,
                            "The host \"" + text + "\" has the name \"" + name + "\".",
                            "A name is a word; several names are parted by semicolons.");
                }
                entries.add(new HostEntry(name, address));
            }
            return entries;
        }

        private static String address(String text, String written) {
            String address = written.startsWith("[") && written.endsWith("]")
                    ? written.substring(1, written.length() - 1)
                    : written;
            if (address.equals(GATEWAY)) {
                return "127.0.0.1";
            }
            if (!IpAddress.isOne(address)) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The host \"" + text + "\" has the address \"" + written + "\", which is none of IPv4 or IPv6.",
                        "Write such as 192.0.2.7, 2001:db8::7, or host-gateway for this machine.");
            }
            return address.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * {@code /etc/resolv.conf} of RUNs: the machine's, with what is given here in place of its lines.
     *
     * @param file false where RUNs see the image's own
     * @param servers addresses; empty for the machine's
     * @param searches domains; empty for the machine's; a single dot for none
     * @param options empty for the machine's
     */
    public record Resolver(boolean file, List<String> servers, List<String> searches, List<String> options) {
        public static final Resolver OF_THE_MACHINE = new Resolver(true, List.of(), List.of(), List.of());

        private static final String NO_FILE = "none";

        public Resolver {
            servers = List.copyOf(servers);
            searches = List.copyOf(searches);
            options = List.copyOf(options);
        }

        /**
         * Reads buildah's words; a server {@code none} leaves the image's own file in place.
         *
         * @throws RequestInvalid if a server is no address, or something is given beside {@code none}
         */
        public static Resolver parse(List<String> servers, List<String> searches, List<String> options) {
            if (servers.contains(NO_FILE)) {
                if (servers.size() + searches.size() + options.size() > 1) {
                    throw new RequestInvalid(
                            FailureCode.REQUEST_INVALID,
                            "\"none\" for DNS leaves the image's own /etc/resolv.conf as it is, and more is said about it.",
                            "Leave one of the two out.");
                }
                return new Resolver(false, List.of(), List.of(), List.of());
            }
            for (String server : servers) {
                if (!IpAddress.isOne(server)) {
                    throw new RequestInvalid(
                            FailureCode.REQUEST_INVALID,
                            "The name server \"" + server + "\" is no address.",
                            "Write such as 192.0.2.53, or none.");
                }
            }
            return new Resolver(true, servers, searches, options);
        }
    }
}
