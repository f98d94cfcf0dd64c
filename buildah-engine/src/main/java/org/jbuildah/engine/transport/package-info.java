/** Images in and out: registry, layouts, archives. */
@NullMarked
package org.jbuildah.engine.transport;

import org.jspecify.annotations.NullMarked;
