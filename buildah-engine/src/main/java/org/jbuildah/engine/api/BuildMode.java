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

    /**
     * The mode that buildah's word for how RUN is kept apart stands for.
     *
     * @param where the word was written, for the letter
     * @throws RequestInvalid if it is none of buildah's
     */
    public static BuildMode ofIsolation(String where, String word) {
        return switch (word) {
            case "chroot" -> NATIVE_CHROOT;
            case "rootless", "oci" -> NATIVE_ROOTLESS;
            default ->
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        where + " \"" + word + "\" is not known.",
                        "The isolations are chroot, rootless and oci.");
        };
    }
}
