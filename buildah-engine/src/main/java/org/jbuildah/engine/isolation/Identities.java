package org.jbuildah.engine.isolation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/**
 * Which process has which identity. The kernel keeps it for us, in a resource limit that means nothing to a process without a realtime
 * policy, RLIMIT_RTTIME: like an identity it belongs to a process and not to a thread, is inherited by fork(2) and kept by execve(2), and
 * it ends with the process. The soft limit is a number that no program asks for, and that names the identity. Processes cannot set that
 * limit, though they are told that they have: PAM gives every session the limits of process 1.
 */
final class Identities {
    /** RLIMIT_RTTIME. */
    static final int LIMIT = 15;

    /** Microseconds, thirty thousand years. */
    private static final long FIRST = 1L << 60;

    private static final int MOST = 1 << 20;

    private final Linux linux;
    private final List<Identity> known = new ArrayList<>();
    private final Map<Identity, Integer> numbers = new HashMap<>();

    /** @param first of a process that has never changed it */
    Identities(Linux linux, Identity first) {
        this.linux = linux;
        known.add(first);
        numbers.put(first, 0);
    }

    Identity first() {
        return known.get(0);
    }

    Identity of(int pid) throws LinuxException {
        long number = linux.prlimit(pid, LIMIT)[0] - FIRST;
        return number >= 0 && number < known.size() ? known.get((int) number) : first();
    }

    /** What a process is told of the limit. */
    long limit(int pid) throws LinuxException {
        return linux.prlimit(pid, LIMIT)[1];
    }

    /** Fails where the limit cannot be had, as the call that asked for it then does. */
    void change(int pid, Identity identity) throws LinuxException {
        Integer number = numbers.get(identity);
        if (number == null) {
            if (known.size() == MOST) {
                throw new LinuxException(
                        "setresuid", "", Errno.EAGAIN.number()); // as where a user has too many processes
            }
            number = known.size();
            known.add(identity);
            numbers.put(identity, number);
        }
        linux.prlimit(pid, LIMIT, FIRST + number, linux.prlimit(pid, LIMIT)[1]);
    }
}
