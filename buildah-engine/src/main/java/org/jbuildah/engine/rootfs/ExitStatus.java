package org.jbuildah.engine.rootfs;

/** How a process ended. */
public sealed interface ExitStatus {
    /** It left by itself; 127 and 126 are also what a program that is missing or not executable gives. */
    record Exited(int code) implements ExitStatus {}

    /** A signal ended it. */
    record Killed(int signal) implements ExitStatus {}

    /** It took longer than {@link ProcessSpec#timeout()} and was ended. */
    record TimedOut() implements ExitStatus {}

    /** The program could not be started inside the image; {@code errno} by name, such as {@code ENOENT}. */
    record NotStarted(String program, String errno) implements ExitStatus {}

    default boolean success() {
        return this instanceof Exited exited && exited.code() == 0;
    }
}
