package org.jbuildah.engine.host;

/**
 * Something that stands in the way, with what the user can do about it.
 *
 * @param what a sentence with names and numbers
 * @param remedy commands or settings, in short; several lines where there is a choice; {@link Recipe} has the long form
 */
public record Obstacle(Kind kind, String what, String remedy) {
    /** The kinds, for tests and for the manual's table. */
    public enum Kind {
        NOT_LINUX,
        KERNEL_TOO_OLD,
        NO_UNSHARE,
        NO_SHELL,
        NO_JAVA,
        NO_USER_NAMESPACES,
        UNPRIVILEGED_USER_NAMESPACES_OFF,
        NO_USER_NAMESPACES_LEFT,
        FEW_USER_NAMESPACES,
        USER_NAMESPACES_DENIED,
        MOUNTS_DENIED,
        NOT_ROOT,
        NO_CAPABILITY,
        NO_ID_MAP_TOOLS,
        ID_MAP_TOOLS_POWERLESS,
        NO_SUB_IDS,
        NO_OVERLAY,
        OVERLAY_REFUSED,
        NO_FUSE_OVERLAY,
        NO_FUSE_DEVICE,
        STORE_ON_UNION,
        STORE_ON_NETWORK,
        STORE_WITHOUT_OWNERS,
        STORE_NO_EXEC,
        STORE_LABEL,
        NO_RUNTIME,
        INSIDE_CONTAINER,
        WEAK_NOT_ALLOWED,
        NO_ENGINE,
        ENGINE_SILENT,
        WORKER_NOT_STARTED,
        NOT_ASKED_FOR
    }

    /** Not in the way on this machine, but not what the user asked for either. */
    boolean byRequest() {
        return kind == Kind.NOT_ASKED_FOR;
    }

    /** Both in a row. */
    String sentence() {
        return what + (remedy.isEmpty() ? "" : " To change that: " + remedy);
    }
}
