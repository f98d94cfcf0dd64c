/** Runs stages by folding steps over a state. */
@NullMarked
package org.jbuildah.engine.build;

import org.jspecify.annotations.NullMarked;
