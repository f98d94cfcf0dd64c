/** The text of a Dockerfile becomes instructions. */
@NullMarked
package org.jbuildah.engine.dockerfile;

import org.jspecify.annotations.NullMarked;
