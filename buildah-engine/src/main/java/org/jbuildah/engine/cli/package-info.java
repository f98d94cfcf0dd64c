/**
 * The command line, in buildah's words. Open first: {@link org.jbuildah.engine.cli.Cli} and {@code BuildCommand}.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md">buildah-build(1)</a>
 */
@NullMarked
package org.jbuildah.engine.cli;

import org.jspecify.annotations.NullMarked;
