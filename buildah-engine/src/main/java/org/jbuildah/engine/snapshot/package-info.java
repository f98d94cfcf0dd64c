/** Layers lent out as directories. */
@NullMarked
package org.jbuildah.engine.snapshot;

import org.jspecify.annotations.NullMarked;
