package org.jbuildah.engine;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.lint.Checks;
import org.jbuildah.engine.lint.ContextView;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;

/** A check without a build: reads the Dockerfile, its ignore file and names in the context; opens no store and fetches nothing. */
final class BuildChecks {
    private BuildChecks() {}

    /** @throws BuildException if there is no Dockerfile to be read; what is wrong in one is part of the report */
    static CheckReport report(BuildRequest request) {
        OpenInput input = input(request);
        SourceText text = input.dockerfile();
        Checks checks = null;
        BuildException failure = null;
        try {
            Dockerfile dockerfile = DockerfileParser.parse(text);
            checks = of(dockerfile, request, input, warning -> {});
            for (Platform platform : PlanRequests.platforms(request.stages())) {
                checks.judgeFile(platform);
                StageGraph graph = Planner.plan(dockerfile, PlanRequests.of(request, request.args(), platform));
                checks.judgeStages(graph, wanted(request, graph), false);
            }
            checks.refuseErrors();
        } catch (BuildException wrong) {
            failure = wrong;
        }
        return new CheckReport(text, checks == null ? List.of() : checks.warnings(), failure);
    }

    /** Without a target all stages are checked, as in BuildKit. */
    private static List<Integer> wanted(BuildRequest request, StageGraph graph) {
        return request.stages().target() == null
                ? IntStream.range(0, graph.stages().size()).boxed().toList()
                : graph.needed();
    }

    private static OpenInput input(BuildRequest request) {
        try {
            return new InputReader(request.input(), new DirectoriesOnly()).read();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new Cancelled(FailureCode.CANCELLED, "The check was cancelled.", "", cancelled);
        }
    }

    /** The checks of the Dockerfile that was read for a request. */
    static Checks of(Dockerfile dockerfile, BuildRequest request, OpenInput input, Consumer<CheckWarning> listener) {
        return new Checks(dockerfile, request.args(), new ContextView(input.ignoreFile(), input.context()), listener);
    }
}
