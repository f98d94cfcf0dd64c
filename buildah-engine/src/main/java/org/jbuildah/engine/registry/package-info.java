/** The distribution API over HTTP. */
@NullMarked
package org.jbuildah.engine.registry;

import org.jspecify.annotations.NullMarked;
