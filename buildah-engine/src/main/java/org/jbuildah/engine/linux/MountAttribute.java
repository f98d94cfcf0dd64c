package org.jbuildah.engine.linux;

/** Attributes of mount_setattr(2), linux/mount.h. */
public final class MountAttribute {
    public static final long RDONLY = 1;
    public static final long NOSUID = 2;
    public static final long NODEV = 4;
    public static final long NOEXEC = 8;

    private MountAttribute() {}
}
