/** The goals of the plugin and their configuration; no container logic. */
@NullMarked
package org.jbuildah.maven;

import org.jspecify.annotations.NullMarked;
