/**
 * Runs stages by folding steps over a state. Specification: the Dockerfile reference, with BuildKit's meaning. Open first: {@link
 * org.jbuildah.engine.build.BuildRunner}, then {@code StageRunner}.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
@NullMarked
package org.jbuildah.engine.build;

import org.jspecify.annotations.NullMarked;
