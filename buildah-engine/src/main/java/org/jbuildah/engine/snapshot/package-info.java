/**
 * Layers lent out as directories: unpacked once, stacked, written to by one step, and turned into a layer again.
 *
 * <p>Specifications: <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>,
 * <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">image-spec: layer</a>. Open first:
 * {@link org.jbuildah.engine.snapshot.SnapshotStore} and {@link org.jbuildah.engine.snapshot.KernelOverlay}.
 */
@NullMarked
package org.jbuildah.engine.snapshot;

import org.jspecify.annotations.NullMarked;
