/** The command line. */
@NullMarked
package org.jbuildah.engine.cli;

import org.jspecify.annotations.NullMarked;
