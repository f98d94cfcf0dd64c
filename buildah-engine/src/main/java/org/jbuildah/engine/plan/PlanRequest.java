package org.jbuildah.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * What a plan depends on besides the Dockerfile.
 *
 * @param args the build arguments of the request
 * @param target a stage's name or index; null for the last
 * @param platform what the image is to run on
 * @param contexts names that stand for neither stages nor images
 * @param firstBase the image in place of the first FROM's; null for what is written there
 * @param everyStage also those that the target does not need
 */
public record PlanRequest(
        Map<String, String> args,
        @Nullable String target,
        Platform platform,
        ContextNames contexts,
        @Nullable String firstBase,
        boolean everyStage) {
    public PlanRequest {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }

    /** The stages that a target needs, and no named contexts. */
    public static PlanRequest of(Map<String, String> args, @Nullable String target, Platform platform) {
        return new PlanRequest(args, target, platform, ContextNames.NONE, null, false);
    }

    public PlanRequest withContexts(ContextNames value) {
        return new PlanRequest(args, target, platform, value, firstBase, everyStage);
    }

    public PlanRequest withFirstBase(@Nullable String value) {
        return new PlanRequest(args, target, platform, contexts, value, everyStage);
    }

    public PlanRequest withEveryStage(boolean value) {
        return new PlanRequest(args, target, platform, contexts, firstBase, value);
    }
}
