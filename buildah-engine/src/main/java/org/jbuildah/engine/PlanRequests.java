package org.jbuildah.engine;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.ContextNames;
import org.jbuildah.engine.plan.PlanRequest;

/** What of a request a plan depends on. */
final class PlanRequests {
    private PlanRequests() {}

    /** @param args the build arguments, those that options stand for among them */
    static PlanRequest of(BuildRequest request, Map<String, String> args, Platform platform) {
        return PlanRequest.of(args, request.stages().target(), platform)
                .withContexts(ContextNames.of(request.input().namedContexts().keySet()))
                .withFirstBase(request.input().firstBase())
                .withEveryStage(request.stages().everyStage());
    }

    /** What the image is built for; at least one. */
    static List<Platform> platforms(StageOptions stages) {
        return stages.platforms().isEmpty() ? List.of(Platform.ofThisMachine()) : stages.platforms();
    }
}
