/**
 * The text of a Dockerfile becomes instructions.
 *
 * <p>Nothing here expands a variable by itself or knows a file: {@link org.jbuildah.engine.dockerfile.WordLexer} expands when it is asked to.
 * Open {@link org.jbuildah.engine.dockerfile.DockerfileParser} and {@link org.jbuildah.engine.dockerfile.Instruction} first.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
@NullMarked
package org.jbuildah.engine.dockerfile;

import org.jspecify.annotations.NullMarked;
