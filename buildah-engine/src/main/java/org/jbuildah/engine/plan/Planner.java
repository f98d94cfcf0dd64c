package org.jbuildah.engine.plan;

import java.util.Map;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/** Resolves names, scopes arguments, drops what the target does not need, refuses what cannot be. Pure. */
public final class Planner {
    private Planner() {}

    /**
     * @param args the build arguments of the request
     * @param target a stage's name or index; null for the last
     * @throws org.jbuildah.engine.api.BuildException with the place, for unknown stages, cycles, bad references
     */
    public static StageGraph plan(
            Dockerfile dockerfile, Map<String, String> args, @Nullable String target, Platform platform) {
        throw new IllegalStateException("contract only");
    }

    /** The scope at the beginning of a stage; one that stands on an earlier stage inherits what is declared there. */
    public static ArgScope scopeOf(Stage stage, StageGraph graph) {
        throw new IllegalStateException("contract only");
    }
}
