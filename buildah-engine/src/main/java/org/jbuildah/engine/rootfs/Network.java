package org.jbuildah.engine.rootfs;

/** What a process sees of the network. */
public enum Network {
    /** What the machine sees. */
    HOST,
    /** A loopback device of its own and nothing else. */
    NONE
}
