/**
 * Images in and out: the local store, registries, image layouts, archives.
 *
 * <p>Open first: {@link org.jbuildah.engine.transport.ImageSource} with its one implementation, and
 * {@link org.jbuildah.engine.transport.ImageSinks}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">image-spec: image layout</a>
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
 */
@NullMarked
package org.jbuildah.engine.transport;

import org.jspecify.annotations.NullMarked;
