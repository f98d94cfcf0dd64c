package org.jbuildah.engine.linux;

/** Flags of mount(2) and umount2(2). */
public final class MountFlag {
    public static final long RDONLY = 1;
    public static final long NOSUID = 2;
    public static final long NODEV = 4;
    public static final long NOEXEC = 8;
    public static final long REMOUNT = 32;
    public static final long BIND = 4096;
    public static final long MOVE = 8192;
    public static final long REC = 16384;
    public static final long PRIVATE = 1 << 18;
    public static final long SLAVE = 1 << 19;
    /** Of umount2: detach now, clean up when no longer busy. */
    public static final int DETACH = 2;

    private MountFlag() {}
}
