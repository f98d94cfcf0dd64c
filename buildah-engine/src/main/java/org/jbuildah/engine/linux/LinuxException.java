package org.jbuildah.engine.linux;

import java.io.IOException;

/** A system call that failed: which, on what, and why. */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final int number;

    public LinuxException(String call, String subject, int number) {
        super(call + (subject.isEmpty() ? "" : " " + subject) + ": "
                + (Errno.of(number) == Errno.OTHER
                        ? "errno " + number
                        : Errno.of(number).name()));
        this.errno = Errno.of(number);
        this.number = number;
    }

    public Errno errno() {
        return errno;
    }

    public int number() {
        return number;
    }
}
