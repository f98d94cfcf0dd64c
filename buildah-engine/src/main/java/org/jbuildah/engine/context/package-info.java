/**
 * The user's files: which of them a build sees, which of them an instruction selects, and what their contents add up to.
 *
 * <p>A build context is a host directory without what its ignore file excludes. Nothing here follows a symlink on the host; links are
 * followed only inside a {@link org.jbuildah.engine.context.SourceTree}, by {@link org.jbuildah.engine.context.SourceSelection}.
 *
 * <p>Specification: the Dockerfile reference, sections "COPY", "ADD" and ".dockerignore files"; Go's {@code path/filepath.Match} for wildcards.
 * Open first: {@link org.jbuildah.engine.context.BuildContext} and {@link org.jbuildah.engine.context.SourceSelection}.
 */
@NullMarked
package org.jbuildah.engine.context;

import org.jspecify.annotations.NullMarked;
