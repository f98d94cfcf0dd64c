package org.jbuildah.engine.isolation;

/** The OCI runtimes that this program knows, in the order in which it prefers them. */
public enum RuntimeKind {
    CRUN("crun", "crun", true),
    RUNC("runc", "runc", true),
    /** Runs a step in a virtual machine. */
    KATA("kata", "kata-runtime", false),
    /** gVisor: a kernel of its own as a process. */
    RUNSC("runsc", "runsc", false),
    /** Any other, of which nothing is assumed but what all of them have in common. */
    OTHER("oci", "", true);

    private final String word;
    private final String program;
    private final boolean sharesTheKernel;

    RuntimeKind(String word, String program, boolean sharesTheKernel) {
        this.word = word;
        this.program = program;
        this.sharesTheKernel = sharesTheKernel;
    }

    /** What {@code RunIsolation.OciRuntime} calls it; {@link #OTHER} for a word that is unknown. */
    public static RuntimeKind of(String word) {
        for (RuntimeKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return OTHER;
    }

    public String word() {
        return word;
    }

    /** Whether it covers {@code /tmp} with a file system in memory, unless something is mounted there: what a step leaves there would be lost. */
    boolean coversTmp() {
        return this == RUNSC;
    }

    /** The name of its executable; empty for {@link #OTHER}. */
    public String program() {
        return program;
    }

    /** Whether its steps see this machine's kernel, and with it the mounts and namespaces that were made for them. */
    boolean sharesTheKernel() {
        return sharesTheKernel;
    }
}
