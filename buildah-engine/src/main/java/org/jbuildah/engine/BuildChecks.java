package org.jbuildah.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.IgnoreFile;
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
        Path file = DockerfileLocation.of(request);
        SourceText text = DockerfileLocation.read(file);
        Checks checks = null;
        BuildException failure = null;
        try {
            Dockerfile dockerfile = DockerfileParser.parse(text);
            checks = of(dockerfile, request, file, warning -> {});
            checks.judgeFile(Platform.ofThisMachine());
            StageGraph graph = Planner.plan(dockerfile, request.args(), request.target(), Platform.ofThisMachine());
            checks.judgeStages(graph, wanted(request, graph), false);
            checks.refuseErrors();
        } catch (BuildException wrong) {
            failure = wrong;
        }
        return new CheckReport(text, checks == null ? List.of() : checks.warnings(), failure);
    }

    /** Without a target all stages are checked, as in BuildKit. */
    private static List<Integer> wanted(BuildRequest request, StageGraph graph) {
        return request.target() == null
                ? IntStream.range(0, graph.stages().size()).boxed().toList()
                : graph.needed();
    }

    /** The checks of the Dockerfile that was found for a request. */
    static Checks of(Dockerfile dockerfile, BuildRequest request, Path file, Consumer<CheckWarning> listener) {
        IgnoreFile ignoreFile = IgnoreFile.find(request.context(), file);
        ContextView context = new ContextView(ignoreFile, () -> BuildContext.open(request.context(), ignoreFile));
        return new Checks(dockerfile, request.args(), context, listener);
    }
}
