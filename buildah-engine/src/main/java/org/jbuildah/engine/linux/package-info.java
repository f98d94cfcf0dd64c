/** The kernel: one method a system call; the only room with native calls and errno. */
@NullMarked
package org.jbuildah.engine.linux;

import org.jspecify.annotations.NullMarked;
