package org.jbuildah.engine.rootfs;

/** What becomes of a cache directory that another process already has. */
public enum CacheSharing {
    /** Both use it at once. */
    SHARED,
    /** The second one gets a directory of its own. */
    PRIVATE,
    /** The second one waits for the first. */
    LOCKED
}
