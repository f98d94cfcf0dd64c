package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where the store lies.
 *
 * @param fileSystem its type as {@code /proc/self/mountinfo} names it, such as {@code ext4}; empty where that is unknown
 * @param noExec whether no program and no library may be run from there; the worker keeps a library in it
 * @param temporaryNoExec the same of the temporary folder, from which nothing is run
 */
public record StoreFacts(Path root, String fileSystem, boolean noExec, boolean temporaryNoExec) {
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "ncpfs", "afs", "ceph", "9p");
    private static final Set<String> STACKED = Set.of("overlay", "aufs", "ecryptfs");
    private static final Set<String> WITHOUT_OWNERS = Set.of("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk");

    boolean onNetwork() {
        return NETWORK.contains(fileSystem);
    }

    /** On a union already, as in a container without a volume. */
    boolean onUnion() {
        return STACKED.contains(fileSystem);
    }

    boolean withoutOwners() {
        return WITHOUT_OWNERS.contains(fileSystem);
    }
}
