/**
 * The goals of the plugin; no container logic.
 *
 * <p>Specification: the Maven plugin API, and the manual's page "usage". Open first: {@link org.jbuildah.maven.BuildMojo} and
 * {@link org.jbuildah.maven.config.RequestFactory}.
 */
@NullMarked
package org.jbuildah.maven;

import org.jspecify.annotations.NullMarked;
