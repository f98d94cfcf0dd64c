package org.jbuildah.engine.api;

/** How {@code RUN} is kept apart from the machine; the words of the command line and the pom are in {@link #word()}. */
public enum BuildMode {
    /** The strongest that a rehearsal proves on this machine. */
    AUTO("auto"),
    /** Our own box: namespaces, pivot_root, seccomp, dropped capabilities. */
    NATIVE_CHROOT("native-chroot"),
    /** An OCI runtime: crun, runc, kata or runsc. */
    NATIVE_ROOTLESS("native-rootless"),
    /** The whole build in a helper container; for macOS and Windows. */
    DOCKER_WITH_FUSE("docker-with-fuse");

    private final String word;

    BuildMode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
