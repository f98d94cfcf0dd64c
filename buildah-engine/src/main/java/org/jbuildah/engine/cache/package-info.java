/**
 * Steps remembered by what they depend on; the laws are in the manual's page "Architecture", Keys. Open first: {@link
 * org.jbuildah.engine.cache.StepKey} and {@link org.jbuildah.engine.cache.StepCache}.
 */
@NullMarked
package org.jbuildah.engine.cache;

import org.jspecify.annotations.NullMarked;
