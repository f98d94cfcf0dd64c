/** Tar changesets: entry names as bytes, reading, writing, indexes. */
@NullMarked
package org.jbuildah.engine.layer;

import org.jspecify.annotations.NullMarked;
