package org.jbuildah.engine.api;

/** How a stack of layers becomes a directory. */
public enum StorageDriver {
    /** Overlay where a rehearsal proves it, else vfs. */
    AUTO("auto"),
    /** The kernel's overlay, else fuse-overlayfs. */
    OVERLAY("overlay"),
    /** Whole copies. */
    VFS("vfs");

    private final String word;

    StorageDriver(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
