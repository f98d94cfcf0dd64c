/** The user's files: ignore files, selection, content digests. */
@NullMarked
package org.jbuildah.engine.context;

import org.jspecify.annotations.NullMarked;
