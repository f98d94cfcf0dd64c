/**
 * An image's files, seen through layer indexes: whiteouts applied, links followed, nothing unpacked.
 *
 * <p>Specification: <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets">image-spec: applying
 * changesets</a>; users and groups as in passwd(5) and group(5). Open {@link org.jbuildah.engine.tree.ImageTree} and {@code
 * MergedLayers} first.
 */
@NullMarked
package org.jbuildah.engine.tree;

import org.jspecify.annotations.NullMarked;
