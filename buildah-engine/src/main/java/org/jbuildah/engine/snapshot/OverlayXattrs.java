package org.jbuildah.engine.snapshot;

import java.util.List;
import org.jbuildah.engine.rootfs.AskedOwners;

/**
 * Where overlayfs keeps its own records on a file: the {@code trusted} namespace needs CAP_SYS_ADMIN in the first user namespace,
 * the {@code user} one (mount option {@code userxattr}) does not.
 */
public enum OverlayXattrs {
    USER("user.overlay."),
    TRUSTED("trusted.overlay.");

    private static final List<String> OF_DRIVERS =
            List.of("user.overlay.", "trusted.overlay.", "user.fuseoverlayfs.", "user.containers.");

    private final String prefix;

    OverlayXattrs(String prefix) {
        this.prefix = prefix;
    }

    /** On a directory that shows nothing of the ones below it: {@code y}. */
    String opaque() {
        return prefix + "opaque";
    }

    /** On everything that overlayfs copied up from a lower directory. */
    String origin() {
        return prefix + "origin";
    }

    String folderName() {
        return this == USER ? "user" : "trusted";
    }

    /** True for what storage drivers keep for themselves, and no layer may carry. */
    static boolean ownOfDriver(String xattr) {
        return OF_DRIVERS.stream().anyMatch(xattr::startsWith);
    }

    /** True for what we keep on files where the disk holds one owner only. */
    static boolean ours(String xattr) {
        return xattr.startsWith(AskedOwners.ATTRIBUTES);
    }

    /** True for what a layer carries: what programs set, not what the machine or the driver did. */
    static boolean belongsInLayer(String xattr) {
        return (xattr.startsWith("user.") && !ownOfDriver(xattr) && !ours(xattr))
                || xattr.equals("security.capability")
                || xattr.startsWith("system.posix_acl_");
    }
}
