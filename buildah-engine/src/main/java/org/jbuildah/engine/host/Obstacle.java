package org.jbuildah.engine.host;

/**
 * Something that stands in the way, with what the user can do about it.
 *
 * @param what a sentence with names and numbers
 * @param remedy commands or settings; several lines where there is a choice
 */
public record Obstacle(Kind kind, String what, String remedy) {
    /** The kinds, for tests and for the manual's anchors. */
    public enum Kind {
        NOT_LINUX,
        KERNEL_TOO_OLD,
        NO_UNSHARE,
        NO_SHELL,
        NO_JAVA,
        NO_USER_NAMESPACES,
        UNPRIVILEGED_USER_NAMESPACES_OFF,
        NO_USER_NAMESPACES_LEFT,
        USER_NAMESPACES_DENIED,
        NOT_ROOT,
        NO_CAPABILITY,
        NO_ID_MAP_TOOLS,
        ID_MAP_TOOLS_POWERLESS,
        NO_SUB_IDS,
        NO_OVERLAY,
        STORE_ON_UNION,
        STORE_ON_NETWORK,
        STORE_WITHOUT_OWNERS,
        NOT_THERE_YET
    }
}
