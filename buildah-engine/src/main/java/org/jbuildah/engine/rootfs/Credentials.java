package org.jbuildah.engine.rootfs;

import java.util.List;

/** The numeric identity of a process, as resolved from the image's {@code /etc/passwd} and {@code /etc/group}. */
public record Credentials(int uid, int gid, List<Integer> supplementaryGids) {
    public static final Credentials ROOT = new Credentials(0, 0, List.of());

    public Credentials {
        supplementaryGids = List.copyOf(supplementaryGids);
    }
}
