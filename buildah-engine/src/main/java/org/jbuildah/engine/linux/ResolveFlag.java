package org.jbuildah.engine.linux;

/** Flags of openat2(2). */
public final class ResolveFlag {
    public static final int NO_MAGICLINKS = 0x02;
    public static final int NO_SYMLINKS = 0x04;
    public static final int BENEATH = 0x08;
    public static final int IN_ROOT = 0x10;

    private ResolveFlag() {}
}
