/**
 * Build checks: what a Dockerfile says that builds, but hardly means what its author believes.
 *
 * <p>BuildKit's rules with their configuration, and a few of our own. Nothing here builds, fetches or runs anything. Open
 * {@link org.jbuildah.engine.lint.Checks} and {@link org.jbuildah.engine.lint.Rule} first.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/">Docker: build checks</a>
 */
@NullMarked
package org.jbuildah.engine.lint;

import org.jspecify.annotations.NullMarked;
