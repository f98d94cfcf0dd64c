package org.jbuildah.engine.host;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of the machine before anything is tried on it.
 *
 * @param operatingSystem {@code os.name}
 * @param container {@code docker}, {@code kubernetes}, {@code podman}, {@code lxc} or another word for what this process is inside of;
 *     null outside of any
 * @param overlayKnown whether the kernel has overlay or a module of that name to load
 */
public record HostFacts(
        String operatingSystem,
        KernelRelease kernel,
        @Nullable String container,
        ProcessFacts process,
        SubIds subIds,
        UserNamespaceRules userNamespaces,
        HostTools tools,
        boolean overlayKnown,
        StoreFacts store) {
    boolean linux() {
        return operatingSystem.equals("Linux");
    }
}
