package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;

/** What a request does to an image around its steps: before the first of each stage, and after the target's last. */
final class Finish {
    /** When the image was made; of a base image's annotations the one that never holds for what is built on it. */
    private static final String CREATED = "org.opencontainers.image.created";

    private final ImageOptions options;
    private final ContentStore store;
    private final StepCache cache;

    Finish(ImageOptions options, ContentStore store, StepCache cache) {
        this.options = options;
        this.store = store;
        this.cache = cache;
    }

    /** The image that a stage begins with. */
    ImageDraft begun(ImageDraft base, boolean onEarlierStage) {
        ContainerConfig.Builder container = base.container().with();
        if (!options.labels().inherit()) {
            container.labels(new TreeMap<>());
        }
        if (!onEarlierStage) { // that stage's ENV may have overridden it
            container.env(
                    set(withPath(base.container().env()), options.environment().set()));
        }
        return base.withContainer(container.build());
    }

    /** Every image has a search path, as in BuildKit. */
    private static List<String> withPath(List<String> environment) {
        if (environment.stream().anyMatch(entry -> name(entry).equals("PATH"))) {
            return environment;
        }
        List<String> all = new ArrayList<>(environment);
        all.add(ImageDraft.DEFAULT_PATH);
        return all;
    }

    /** The image that a build comes to. */
    BuiltImage finished(ImageDraft image) {
        try {
            Squash squash = new Squash(store, cache);
            ImageDraft layered =
                    switch (options.layering()) {
                        case PER_STEP -> image;
                        case ONE_ABOVE_BASE -> squash.aboveBase(image);
                        case ONE_IN_ALL -> squash.all(image);
                    };
            return documents(new Retiming(store, cache, options.times()).of(layered));
        } catch (IOException failure) {
            throw new StepFailed(
                    FailureCode.STEP_IO,
                    "The layers of the finished image could not be written anew: " + failure.getMessage(),
                    "",
                    failure);
        }
    }

    private BuiltImage documents(ImageDraft image) {
        ContainerConfig container = image.container();
        List<String> environment = new ArrayList<>(container.env());
        environment.removeIf(entry -> options.environment().unset().contains(name(entry)));
        ImageDraft edited = image.withContainer(container
                .with()
                .labels(options.labels().appliedTo(container.labels()))
                .env(environment)
                .build());
        ImageConfig config = edited.toConfig();
        return new BuiltImage(
                options.history() ? config : config.withHistory(List.of()), annotations(image.base(), config));
    }

    private SortedMap<String, String> annotations(ImageDraft.Base base, ImageConfig image) {
        Edits edits = options.annotations();
        SortedMap<String, String> inherited = new TreeMap<>(edits.inherit() ? base.annotations() : Map.of());
        inherited.remove(CREATED);
        if (options.createdAnnotation() && image.created() != null) {
            inherited.put(CREATED, image.created().toString());
        }
        return edits.appliedTo(inherited);
    }

    private static List<String> set(List<String> environment, Map<String, String> values) {
        List<String> all = new ArrayList<>(environment);
        values.forEach((name, value) -> {
            all.removeIf(entry -> name(entry).equals(name));
            all.add(name + "=" + value);
        });
        return all;
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }
}
