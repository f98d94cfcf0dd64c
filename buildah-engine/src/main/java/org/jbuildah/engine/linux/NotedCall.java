package org.jbuildah.engine.linux;

/**
 * A system call that waits for an answer of ours, {@code struct seccomp_notif}.
 *
 * @param id of the notice, which the answer must bear
 * @param pid the thread that makes the call, as the reader's pid namespace has it
 * @param auditArch the ABI by which it is made
 * @param number of the call, in that ABI
 * @param arguments six, as registers have them: of a 32-bit ABI the high words mean nothing
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html">seccomp_unotify(2)</a>
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record NotedCall(long id, int pid, int auditArch, int number, long[] arguments) {
    /** What there is at a listener: a call, nothing yet, or nothing any more. */
    public enum State {
        THERE,
        NOT_YET,
        NEVER_AGAIN
    }
}
