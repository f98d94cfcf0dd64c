package org.jbuildah.engine.rootfs;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Ulimit;

/**
 * What the kernel grants a process.
 *
 * @param capabilities of root; any other user has none, and can get none beside these
 * @param ulimits set before the program starts; the others are the worker's
 * @param sharedMemoryInBytes the size of {@code /dev/shm}
 */
public record Grants(Set<Capability> capabilities, List<Ulimit> ulimits, long sharedMemoryInBytes) {
    /** As Docker has it. */
    public static final Grants DEFAULT = of(RunOptions.DEFAULT);

    public Grants {
        EnumSet<Capability> sorted = EnumSet.noneOf(Capability.class);
        sorted.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(sorted);
        ulimits = List.copyOf(ulimits);
    }

    public static Grants of(RunOptions options) {
        return new Grants(options.capabilities(), options.ulimits(), options.sharedMemoryInBytes());
    }
}
