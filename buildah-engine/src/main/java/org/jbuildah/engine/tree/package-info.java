/** An image's files, seen through layer indexes. */
@NullMarked
package org.jbuildah.engine.tree;

import org.jspecify.annotations.NullMarked;
