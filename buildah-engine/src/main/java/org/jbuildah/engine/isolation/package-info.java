/** One process in one root file system. */
@NullMarked
package org.jbuildah.engine.isolation;

import org.jspecify.annotations.NullMarked;
