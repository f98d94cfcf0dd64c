package org.jbuildah.engine.host;

import java.util.EnumSet;
import java.util.Set;
import org.jbuildah.engine.api.BuildMode;

/** What a probe may try beside reading; each costs the start of a process or two. */
public enum TrialSubject {
    /** Namespaces and id maps, where the files leave a doubt. */
    NAMESPACES,
    /** OCI runtimes and the programs beside them: whether they start at all. */
    PROGRAMS,
    /** docker or podman: whether their daemon answers. */
    ENGINES,
    /** SELinux's label of the store. */
    LABELS;

    /** What must be known before a mode is chosen. */
    public static Set<TrialSubject> needfulFor(BuildMode mode) {
        return switch (mode) {
            case AUTO, NATIVE_CHROOT -> EnumSet.of(NAMESPACES);
            case NATIVE_ROOTLESS -> EnumSet.of(NAMESPACES, PROGRAMS);
            case DOCKER_WITH_FUSE -> EnumSet.of(ENGINES);
        };
    }
}
