/** The seam between the layer plane and the worker. */
@NullMarked
package org.jbuildah.engine.rootfs;

import org.jspecify.annotations.NullMarked;
