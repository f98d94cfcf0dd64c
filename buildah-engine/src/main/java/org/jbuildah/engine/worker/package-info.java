/**
 * The second JVM: started in namespaces of its own, spoken to in frames, gone when its launcher is gone.
 *
 * <p>Two halves live here. The launcher's half ({@link NamespaceWorker}) is pure Java without a native call and runs in the JVM of the
 * build; the worker's half ({@link WorkerServer}) runs as process 1 of its own pid namespace and does all that needs the kernel.
 * Open {@link NamespaceWorker} first, then {@code WorkerMessage}, which lists all that the two can say to each other.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/pid_namespaces.7.html">pid_namespaces(7)</a>
 */
@NullMarked
package org.jbuildah.engine.worker;

import org.jspecify.annotations.NullMarked;
