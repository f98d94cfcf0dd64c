package org.jbuildah.engine.host;

import org.jspecify.annotations.Nullable;

/**
 * What this process is inside of.
 *
 * @param kind {@code docker}, {@code kubernetes}, {@code podman}, {@code lxc} or another word; null outside of any container
 * @param evidence what says so, such as a file or a variable; empty where nothing does
 * @param runner the CI system that runs this process, {@code gitlab} or {@code jenkins}; empty for none that is known
 * @param procMasked whether parts of {@code /proc} are covered by other mounts: the kernel then refuses a fresh one in a user namespace
 */
public record ContainerFacts(@Nullable String kind, String evidence, String runner, boolean procMasked) {
    boolean inside() {
        return kind != null;
    }
}
