package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;

/** How one RUN is kept apart from everything else. */
public sealed interface RunIsolation {
    /** Our own box. */
    record Box() implements RunIsolation {}

    /**
     * An OCI runtime.
     *
     * @param name its kind, which decides about its command line: {@code crun}, {@code runc}, {@code kata} or {@code runsc}
     * @param program the executable
     * @param flags further global flags of its command line
     */
    record OciRuntime(String name, Path program, List<String> flags) implements RunIsolation {
        public OciRuntime {
            flags = List.copyOf(flags);
        }
    }

    /** A change of the root directory and nothing else: keeps honest programs apart, and no others. */
    record PlainChroot() implements RunIsolation {}
}
