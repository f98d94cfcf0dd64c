package org.jbuildah.engine.host;

import org.jspecify.annotations.Nullable;

/**
 * What can stack layers here.
 *
 * @param overlayKnown whether the kernel has overlay or a module of that name to load
 * @param fuseDeviceRefusal why {@code /dev/fuse} cannot be opened; empty if it can
 * @param fuseOverlay the program fuse-overlayfs; null where it is not on the PATH
 */
public record LayerFacts(boolean overlayKnown, String fuseDeviceRefusal, @Nullable Program fuseOverlay) {}
