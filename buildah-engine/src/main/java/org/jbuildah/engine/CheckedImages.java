package org.jbuildah.engine;

import java.util.List;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.lint.Checks;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.transport.ImageSource;
import org.jbuildah.engine.transport.ResolvedImage;

/** Shows each base image to the build checks as soon as its config is known, before anything is built on it. */
final class CheckedImages implements ImageSource {
    private final ImageSource images;
    private final Checks checks;
    private final List<StageGraph> graphs;

    CheckedImages(ImageSource images, Checks checks, List<StageGraph> graphs) {
        this.images = images;
        this.checks = checks;
        this.graphs = List.copyOf(graphs);
    }

    /** @throws org.jbuildah.engine.api.DockerfileInvalid where {@code check=error=true} makes a warning about this image an error */
    @Override
    public ResolvedImage resolve(String name, Platform platform, PullPolicy pull) throws InterruptedException {
        ResolvedImage image = images.resolve(name, platform, pull);
        graphs.forEach(graph -> judge(graph, name, platform, image));
        checks.refuseErrors();
        return image;
    }

    private void judge(StageGraph graph, String name, Platform platform, ResolvedImage image) {
        for (int index : graph.needed()) {
            Stage stage = graph.stages().get(index);
            if (stage.base() instanceof Stage.Base.Image base
                    && base.name().equals(name)
                    && stage.platform().equals(platform)) {
                checks.judgeOnBase(graph, graph.needed(), stage, image.config());
            }
        }
    }

    @Override
    public void fetchLayers(ResolvedImage image) throws InterruptedException {
        images.fetchLayers(image);
    }
}
