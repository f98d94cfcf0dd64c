package org.jbuildah.engine.build;

import java.util.Locale;
import java.util.Set;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/**
 * The signals that STOPSIGNAL may name.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
final class StopSignals {
    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "UNUSED", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX");
    private static final int HIGHEST = 64;

    private StopSignals() {}

    /** The signal as written, if it is one. */
    static String checked(String signal) {
        if (signal.matches("\\d{1,3}")
                ? Integer.parseInt(signal) >= 1 && Integer.parseInt(signal) <= HIGHEST
                : isName(signal)) {
            return signal;
        }
        throw new DockerfileInvalid(
                FailureCode.INSTRUCTION_INVALID,
                "STOPSIGNAL \"" + signal + "\" is not a signal.",
                "Write a name such as SIGTERM, or a number from 1 to " + HIGHEST + ".");
    }

    private static boolean isName(String signal) {
        String upper = signal.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return NAMES.contains(name) || name.matches("RTM(IN\\+([1-9]|1[0-5])|AX-([1-9]|1[0-4]))");
    }
}
