/**
 * What a pom says about an image, and what the engine is to do about it; no Maven type.
 *
 * <p>Specification: the manual's page "usage". Open first: {@link org.jbuildah.maven.config.RequestFactory} and
 * {@link org.jbuildah.maven.config.ImageConfiguration}.
 */
@NullMarked
package org.jbuildah.maven.config;

import org.jspecify.annotations.NullMarked;
