/**
 * Tar changesets: entry names as bytes, reading, writing, and indexes that are searched instead of an unpacked tree.
 *
 * <p>Specification: <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">image-spec, layer</a>; the
 * archive itself is POSIX.1-2001 pax with the GNU and star forms that images in the wild carry. Open {@link
 * org.jbuildah.engine.layer.LayerReader} and {@link org.jbuildah.engine.layer.LayerIndex} first.
 */
@NullMarked
package org.jbuildah.engine.layer;

import org.jspecify.annotations.NullMarked;
