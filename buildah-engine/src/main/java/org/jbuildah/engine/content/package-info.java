/**
 * The store of blobs, layer indexes, records and tags: an OCI image layout with a {@code meta} folder beside it.
 *
 * <p>Open first: {@link org.jbuildah.engine.content.ContentStore}, the room's door, and {@code StoreFolders}, which draws the store on
 * disk.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">image-spec: image layout</a>
 */
@NullMarked
package org.jbuildah.engine.content;

import org.jspecify.annotations.NullMarked;
