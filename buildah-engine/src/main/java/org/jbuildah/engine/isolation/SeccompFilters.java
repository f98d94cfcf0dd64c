package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;

/** The {@link Seccomp} filter of each set of capabilities, made once. */
final class SeccompFilters {
    private final Architecture architecture;
    private final Map<Set<Capability>, byte[]> made = new ConcurrentHashMap<>();

    SeccompFilters(Architecture architecture) throws IOException {
        this.architecture = architecture;
        of(Capability.DEFAULT);
    }

    byte[] of(Set<Capability> capabilities) throws IOException {
        byte[] known = made.get(capabilities);
        if (known == null) {
            known = Seccomp.filter(architecture, capabilities);
            made.put(capabilities, known);
        }
        return known;
    }
}
