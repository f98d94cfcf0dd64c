package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel's release, such as {@code 6.1.0-13-amd64}. */
record KernelRelease(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})[.]([0-9]{1,4}).*", Pattern.DOTALL);

    static KernelRelease ofThisMachine() throws IOException {
        return parse(Files.readString(Path.of("/proc/sys/kernel/osrelease")));
    }

    /** A release of another form counts as the oldest. */
    static KernelRelease parse(String release) {
        Matcher matcher = FORM.matcher(release);
        return matcher.matches()
                ? new KernelRelease(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new KernelRelease(0, 0);
    }

    boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
