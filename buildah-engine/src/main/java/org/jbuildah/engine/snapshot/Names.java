package org.jbuildah.engine.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jbuildah.engine.linux.Linux;

/** Names and paths as the kernel takes them. */
final class Names {
    static final byte[] SELF = new byte[0];
    static final byte[] DOT = {'.'};
    static final byte[] SLASH = {'/'};

    private Names() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The path of {@code name} in an open directory, for calls that take no directory descriptor. */
    static byte[] through(int directory, byte[] name) {
        if (directory == Linux.AT_FDCWD) {
            return name;
        }
        byte[] prefix = utf8("/proc/self/fd/" + directory + "/");
        byte[] path = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return path;
    }

    static boolean sameValues(Map<String, byte[]> some, Map<String, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), others.get(entry.getKey())));
    }

    static byte[] join(byte[] some, byte[] more) {
        byte[] joined = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, joined, some.length, more.length);
        return joined;
    }
}
