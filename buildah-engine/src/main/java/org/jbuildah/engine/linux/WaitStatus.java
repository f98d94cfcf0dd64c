package org.jbuildah.engine.linux;

/**
 * What wait4(2) says of a process that ended.
 *
 * @param raw as the kernel gives it
 */
public record WaitStatus(int raw) {
    /** True when it left by itself; else a signal ended it. */
    public boolean exited() {
        return (raw & 0x7f) == 0;
    }

    /** The low eight bits of what it gave to exit(2). */
    public int code() {
        return raw >> 8 & 0xff;
    }

    public int signal() {
        return raw & 0x7f;
    }
}
