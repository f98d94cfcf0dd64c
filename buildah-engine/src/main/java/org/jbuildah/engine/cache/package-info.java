/** Steps remembered by what they depend on. */
@NullMarked
package org.jbuildah.engine.cache;

import org.jspecify.annotations.NullMarked;
