/** The store of blobs, layer indexes, records and tags. */
@NullMarked
package org.jbuildah.engine.content;

import org.jspecify.annotations.NullMarked;
