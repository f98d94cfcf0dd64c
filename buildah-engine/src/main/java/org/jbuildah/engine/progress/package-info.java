/** What happened, as facts, for whoever listens. */
@NullMarked
package org.jbuildah.engine.progress;

import org.jspecify.annotations.NullMarked;
