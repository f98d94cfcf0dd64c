/**
 * The kernel: one method a system call; the only room with native calls and errno.
 *
 * <p>Specification: section 2 of the manual pages. Open {@link org.jbuildah.engine.linux.Linux} first, then {@link
 * org.jbuildah.engine.linux.JnrLinux}.
 */
@NullMarked
package org.jbuildah.engine.linux;

import org.jspecify.annotations.NullMarked;
