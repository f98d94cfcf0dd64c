package org.jbuildah.engine.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's version.
 *
 * @param text as the kernel says it, such as {@code 5.15.0-91-generic}
 */
public record KernelRelease(String text, int major, int minor) {
    private static final Pattern START = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** Reads a release; one without numbers counts as 0.0. */
    static KernelRelease parse(String text) {
        Matcher numbers = START.matcher(text);
        return numbers.matches()
                ? new KernelRelease(text, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelRelease(text, 0, 0);
    }

    boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
