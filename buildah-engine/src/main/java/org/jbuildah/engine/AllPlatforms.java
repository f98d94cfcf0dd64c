package org.jbuildah.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.plan.StageGraph;

/**
 * Finds the platforms that a Dockerfile can be built for: those of its base images, as far as every stage has a base for its own platform,
 * which {@code FROM --platform} may have chosen. Linux only.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md">buildah-build(1)</a>, --all-platforms
 */
final class AllPlatforms {
    /** Says what an image is there for. */
    interface Images {
        List<Platform> platforms(String name) throws InterruptedException;
    }

    private final Function<Platform, StageGraph> plans;
    private final Images images;
    private final Map<String, List<Platform>> known = new HashMap<>();

    /** @param plans the plan for each platform */
    AllPlatforms(Function<Platform, StageGraph> plans, Images images) {
        this.plans = plans;
        this.images = images;
    }

    /** @throws RequestInvalid if there is none, or no base image that could say so */
    List<Platform> find() throws InterruptedException {
        Set<Platform> candidates = new LinkedHashSet<>();
        Set<String> bases = new LinkedHashSet<>();
        for (Stage stage : onImages(plans.apply(Platform.ofThisMachine()))) {
            String base = base(stage);
            bases.add(base);
            platforms(base).stream()
                    .filter(platform -> platform.os().equals("linux"))
                    .forEach(candidates::add);
        }
        if (bases.isEmpty()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "All platforms of the base images are asked for, and no stage stands on an image.",
                    "Name the platforms, such as --platform linux/amd64,linux/arm64.");
        }
        List<Platform> found = new ArrayList<>();
        for (Platform candidate : candidates) {
            if (hasEveryBase(candidate)) {
                found.add(candidate);
            }
        }
        if (found.isEmpty()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The base images " + String.join(", ", bases) + " have no platform of Linux in common.",
                    "Name the platforms, such as --platform linux/amd64, or choose another base image.");
        }
        return found;
    }

    private boolean hasEveryBase(Platform candidate) throws InterruptedException {
        for (Stage stage : onImages(plans.apply(candidate))) {
            if (platforms(base(stage)).stream().noneMatch(platform -> platform.satisfies(stage.platform()))) {
                return false;
            }
        }
        return true;
    }

    private static List<Stage> onImages(StageGraph graph) {
        return graph.needed().stream()
                .map(graph.stages()::get)
                .filter(stage -> stage.base() instanceof Stage.Base.Image)
                .toList();
    }

    private static String base(Stage stage) {
        return ((Stage.Base.Image) stage.base()).name();
    }

    private List<Platform> platforms(String base) throws InterruptedException {
        List<Platform> found = known.get(base);
        if (found == null) {
            found = images.platforms(base);
            known.put(base, found);
        }
        return found;
    }
}
