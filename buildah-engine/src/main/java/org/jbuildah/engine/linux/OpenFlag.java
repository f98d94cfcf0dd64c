package org.jbuildah.engine.linux;

/** Flags of openat(2); those that differ between architectures are not constants but come from the tables of this room. */
public final class OpenFlag {
    public static final int RDONLY = 0;
    public static final int WRONLY = 1;
    public static final int RDWR = 2;
    public static final int CREAT = 0100;
    public static final int EXCL = 0200;
    public static final int TRUNC = 01000;
    public static final int NONBLOCK = 04000;
    public static final int PATH = 010000000;
    public static final int CLOEXEC = 02000000;

    private OpenFlag() {}

    private static boolean aarch64() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    /** O_DIRECTORY: 0200000 on x86_64, 040000 on aarch64. */
    public static final int DIRECTORY = aarch64() ? 040000 : 0200000;

    /** O_NOFOLLOW: 0400000 on x86_64, 0100000 on aarch64. */
    public static final int NOFOLLOW = aarch64() ? 0100000 : 0400000;
}
