package org.jbuildah.engine.build;

import java.util.function.Supplier;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.StageGraph;

/**
 * What {@link BuildRunner} is to do, all names resolved.
 *
 * @param context opened when the first instruction asks for it
 * @param image what the request does to the image beside its steps
 */
public record BuildPlan(
        Dockerfile dockerfile,
        StageGraph graph,
        Supplier<SourceTree> context,
        Platform platform,
        PullPolicy pull,
        boolean useCache,
        ImageOptions image,
        RunSettings runSettings) {}
