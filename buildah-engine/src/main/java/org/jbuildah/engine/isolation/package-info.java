/**
 * One process in one root file system.
 *
 * <p>Specification: namespaces(7), pid_namespaces(7), capabilities(7), seccomp(2), and Docker's defaults for what a container sees and
 * may do. Open {@link org.jbuildah.engine.isolation.Isolation} first, then {@link org.jbuildah.engine.isolation.Box}. Needs Linux 5.11.
 */
@NullMarked
package org.jbuildah.engine.isolation;

import org.jspecify.annotations.NullMarked;
