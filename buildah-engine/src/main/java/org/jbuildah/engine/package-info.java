/** The engine: {@link org.jbuildah.engine.BuildEngine} is where a build begins. */
@NullMarked
package org.jbuildah.engine;

import org.jspecify.annotations.NullMarked;
