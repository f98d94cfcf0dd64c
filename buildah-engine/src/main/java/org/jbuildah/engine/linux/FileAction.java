package org.jbuildah.engine.linux;

/**
 * What a new process does with its descriptors before its program begins, in the order given.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public sealed interface FileAction {
    /** The descriptor that it makes. */
    int descriptor();

    /** A descriptor of the calling thread becomes another one of the child. */
    record Dup2(int from, int descriptor) implements FileAction {}

    /**
     * The child itself opens a file, and waits where open(2) does.
     *
     * @param flags from {@link OpenFlag}
     */
    record Open(int descriptor, String path, int flags) implements FileAction {}
}
