package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;

/**
 * Which capabilities a step can have here: the worker can give none that it has not.
 *
 * @param held of the worker; bit n is capability n
 */
record Capabilities(long held) {
    /** Of the newest kernel, and room for some more: the kernel is asked to drop all of them and ignores those it lacks. */
    static final int COUNT = 64;

    private static final String PERMITTED = "CapPrm:";

    /** Of this process. */
    static Capabilities ofThisProcess() throws IOException {
        return parse(Files.readString(Path.of("/proc/self/status")));
    }

    /** @param status the text of proc(5)'s {@code status} */
    static Capabilities parse(String status) throws IOException {
        String digits = status.lines()
                .filter(line -> line.startsWith(PERMITTED))
                .map(line -> line.substring(PERMITTED.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no line " + PERMITTED));
        return new Capabilities(Long.parseUnsignedLong(digits, 16));
    }

    /**
     * The bits of a set. All of them means all that there are here, and of the usual ones those that there are.
     *
     * @throws HostUnsuitable if one that was asked for by name cannot be had
     */
    long grant(Set<Capability> wanted) {
        Set<Capability> missing = wanted.stream()
                .filter(capability -> (held >>> capability.number() & 1) == 0)
                .filter(capability -> !Capability.DEFAULT.contains(capability))
                .collect(Collectors.toSet());
        if (!missing.isEmpty() && wanted.size() < Capability.values().length) {
            throw new HostUnsuitable(
                    FailureCode.HOST_UNSUITABLE,
                    "RUN is to have " + names(missing) + ", which the builder itself does not have.",
                    "Leave it out, or start the build with it. \"all\" stands for all that can be had.");
        }
        return bits(wanted) & held;
    }

    private static String names(Set<Capability> capabilities) {
        return capabilities.stream().sorted().map(Capability::name).collect(Collectors.joining(", "));
    }

    static long bits(Collection<Capability> capabilities) {
        long bits = 0;
        for (Capability capability : capabilities) {
            bits |= 1L << capability.number();
        }
        return bits;
    }
}
