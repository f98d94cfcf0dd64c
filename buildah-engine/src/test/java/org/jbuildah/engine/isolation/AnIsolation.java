package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.linux.Linux;
import org.junit.jupiter.api.Assumptions;

/** Every isolation that a worker can be given, as far as this machine has its program. */
enum AnIsolation {
    BOX {
        @Override
        Isolation open(Linux linux, Path scratch) throws IOException {
            return new ChrootIsolation(linux, scratch);
        }
    },
    CRUN {
        @Override
        Isolation open(Linux linux, Path scratch) throws IOException {
            return runtime(RuntimeKind.CRUN, linux, scratch);
        }
    },
    RUNC {
        @Override
        Isolation open(Linux linux, Path scratch) throws IOException {
            return runtime(RuntimeKind.RUNC, linux, scratch);
        }
    };

    private static final List<String> DIRECTORIES = List.of("/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin");

    /** In this process, which must be allowed to make namespaces; the test is skipped where the runtime is not installed. */
    abstract Isolation open(Linux linux, Path scratch) throws IOException;

    boolean ofARuntime() {
        return this != BOX;
    }

    private static Isolation runtime(RuntimeKind kind, Linux linux, Path scratch) throws IOException {
        Path program = DIRECTORIES.stream()
                .map(directory -> Path.of(directory, kind.program()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, kind.program() + " is not installed");
        return new RuntimeIsolation(linux, scratch, kind, program, List.of());
    }
}
