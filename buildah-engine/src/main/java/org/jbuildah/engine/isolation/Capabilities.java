package org.jbuildah.engine.isolation;

/**
 * Docker's default capabilities: what a root user of a RUN may do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>; numbers: linux/capability.h
 */
final class Capabilities {
    private static final int[] DEFAULT = {
        0, // CHOWN
        1, // DAC_OVERRIDE
        3, // FOWNER
        4, // FSETID
        5, // KILL
        6, // SETGID
        7, // SETUID
        8, // SETPCAP
        10, // NET_BIND_SERVICE
        13, // NET_RAW
        18, // SYS_CHROOT
        27, // MKNOD
        29, // AUDIT_WRITE
        31, // SETFCAP
    };

    /** Of the newest kernel, and room for some more: the kernel is asked to drop all of them and ignores those it lacks. */
    static final int COUNT = 64;

    private Capabilities() {}

    /** Bit n is capability n. */
    static long defaultSet() {
        long set = 0;
        for (int capability : DEFAULT) {
            set |= 1L << capability;
        }
        return set;
    }
}
