package org.jbuildah.engine;

import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.ContextNames;
import org.jbuildah.engine.plan.PlanRequest;

/** What of a request a plan depends on. */
final class PlanRequests {
    private PlanRequests() {}

    /** @param args the build arguments, those that options stand for among them */
    static PlanRequest of(BuildRequest request, Map<String, String> args) {
        return PlanRequest.of(args, request.stages().target(), platform(request.stages()))
                .withContexts(ContextNames.of(request.input().namedContexts().keySet()))
                .withFirstBase(request.input().firstBase())
                .withEveryStage(request.stages().everyStage());
    }

    static Platform platform(StageOptions stages) {
        if (stages.platforms().size() > 1) {
            throw new RequestInvalid(
                    FailureCode.FLAG_NOT_SUPPORTED,
                    "The image is asked for " + stages.platforms().size()
                            + " platforms, and this version builds one at a time.",
                    "Build each platform by itself.");
        }
        return stages.platforms().isEmpty()
                ? Platform.ofThisMachine()
                : stages.platforms().get(0);
    }
}
