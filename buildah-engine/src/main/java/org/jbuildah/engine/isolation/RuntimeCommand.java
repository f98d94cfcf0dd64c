package org.jbuildah.engine.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line that runs a bundle, as a value.
 *
 * @param program the executable
 * @param flags further global flags, which win over ours as they stand after them
 * @see <a href="https://github.com/opencontainers/runtime-tools/blob/master/docs/command-line-interface.md">OCI runtime command line</a>
 */
record RuntimeCommand(RuntimeKind kind, String program, List<String> flags) {
    RuntimeCommand {
        flags = List.copyOf(flags);
    }

    /**
     * Runs to the end of the process, with its exit code.
     *
     * @param bundle the directory of {@code config.json}
     * @param state where the runtime keeps what it knows of containers
     * @param log a file that hears what the runtime itself has to say
     * @param container a name that no other step of this machine has at the same time: runsc makes an abstract socket of it, which all
     *     that share a network see
     */
    List<String> run(String bundle, String state, String log, String container) {
        List<String> words = new ArrayList<>(List.of(program, "--root", state));
        words.addAll(kind == RuntimeKind.CRUN ? List.of("--log", "file:" + log) : List.of("--log", log));
        words.addAll(List.of("--log-format", "json"));
        words.addAll(ownFlags());
        words.addAll(flags);
        words.addAll(List.of("run", "--bundle", bundle));
        if (kind == RuntimeKind.CRUN || kind == RuntimeKind.RUNC) {
            // a step cannot use keys, and every keyring counts against what its user may have
            words.add("--no-new-keyring");
        }
        words.add(container);
        return words;
    }

    /** No control groups are made: a step has no limits of its own, and nothing of it may stay behind. */
    private List<String> ownFlags() {
        return switch (kind) {
            case CRUN -> List.of("--cgroup-manager", "disabled");
            case RUNC -> List.of("--rootless", "true"); // which means that it goes on without control groups
            case RUNSC -> List.of("--rootless", "--network=host", "--ignore-cgroups");
            case KATA, OTHER -> List.of();
        };
    }
}
