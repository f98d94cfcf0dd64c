package org.jbuildah.engine.build;

import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.StageGraph;

/**
 * What {@link BuildRunner} is to do for one platform, all names resolved.
 *
 * @param platformAsked whether the request names the platform: the image is then called one of it, whatever its base says
 * @param oneOfSeveral whether the build is for other platforms, too
 * @param image what the request does to the image beside its steps
 * @param jobs how many stages may be built at a time; 0 for no limit
 */
public record BuildPlan(
        Dockerfile dockerfile,
        StageGraph graph,
        BuildContexts contexts,
        Platform platform,
        boolean platformAsked,
        boolean oneOfSeveral,
        PullPolicy pull,
        boolean useCache,
        ImageOptions image,
        RunSettings runSettings,
        MountSettings mountSettings,
        int jobs) {}
