package org.jbuildah.engine.rootfs;

/** Something laid over the root file system for one process and never committed. */
public sealed interface MountSpec {
    /** The absolute path inside the image; symlinks in it are followed inside the image only. */
    String target();

    /** A read-only file with the given bytes, such as {@code /etc/resolv.conf}. */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    record GeneratedFile(String target, byte[] content, int mode) implements MountSpec {}
}
