package org.jbuildah.engine.rootfs;

import java.util.List;

/**
 * The owners that a process asked for where the disk cannot hold them. Those of regular files and directories are on the files
 * themselves, in the extended attributes named here; they never leave the machine.
 *
 * @param creator to whom a file belongs that the process made and of which nothing else is known
 * @param named of files that cannot have such attributes, by their name when the process had ended
 */
public record AskedOwners(Credentials creator, List<Named> named) {
    /** All attributes that are named here begin so. */
    public static final String ATTRIBUTES = "user.jbuildah.";

    /** {@code UID:GID} in decimal digits; -1 for the one that nobody asked to change. */
    public static final String OWNER = ATTRIBUTES + "owner";

    /** On a file that stands for a device: {@code c} or {@code b}, then {@code :MAJOR:MINOR}. */
    public static final String DEVICE = ATTRIBUTES + "device";

    public static final AskedOwners NONE = new AskedOwners(Credentials.ROOT, List.of());

    public AskedOwners {
        named = List.copyOf(named);
    }

    /**
     * A file and its owner.
     *
     * @param path absolute, in the root directory of the process, as raw bytes
     * @param owner as {@link #OWNER} has it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Named(byte[] path, String owner) {}
}
