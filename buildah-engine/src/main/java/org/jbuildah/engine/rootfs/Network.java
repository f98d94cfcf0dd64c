package org.jbuildah.engine.rootfs;

import java.util.Locale;
import org.jbuildah.engine.api.RunNetwork;

/**
 * What a process sees of the network.
 *
 * @param loopback whether the gateway of a private network is the machine's own loopback device; false for every other one
 */
public record Network(Kind kind, boolean loopback) {
    /** What the machine sees. */
    public static final Network HOST = new Network(Kind.HOST, false);
    /** A loopback device of its own and nothing else. */
    public static final Network NONE = new Network(Kind.NONE, false);

    /** Where a process with a private network finds a name server, which asks that of the machine. */
    public static final String NAME_SERVER = "10.0.2.3";

    private static final String WITH_LOOPBACK = "+loopback";

    /** The kinds. */
    public enum Kind {
        HOST,
        NONE,
        /** One of its own, which a helper process connects to the machine's; any helper. */
        PRIVATE,
        PASTA,
        SLIRP4NETNS
    }

    /** As the request has it. */
    public static Network of(RunNetwork.Access access) {
        return new Network(Kind.valueOf(access.kind().name()), access.loopback());
    }

    /**
     * Reads {@link #word}.
     *
     * @throws IllegalArgumentException for another one
     */
    public static Network parse(String word) {
        boolean loopback = word.endsWith(WITH_LOOPBACK);
        String kind = loopback ? word.substring(0, word.length() - WITH_LOOPBACK.length()) : word;
        return new Network(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), loopback);
    }

    /** Whether a helper process is needed. */
    public boolean helped() {
        return kind != Kind.HOST && kind != Kind.NONE;
    }

    /** Such as {@code host} or {@code slirp4netns+loopback}. */
    public String word() {
        return kind.name().toLowerCase(Locale.ROOT) + (loopback ? WITH_LOOPBACK : "");
    }
}
