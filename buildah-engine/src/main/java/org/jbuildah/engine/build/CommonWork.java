package org.jbuildah.engine.build;

import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.transport.ResolvedImage;

/**
 * What one build does once, whichever of its stages need it and for however many platforms: an image is resolved once for a platform, a
 * context opened once, a step with one key made once.
 */
final class CommonWork {
    private final OnceEach<Asked, ResolvedImage> images = new OnceEach<>();
    private final OnceEach<Tree, SourceTree> trees = new OnceEach<>();
    private final OnceEach<StepKey, StepRecord> steps = new OnceEach<>();

    /** An image as somebody asks for it. */
    record Asked(String image, Platform platform) {}

    /** Files that stages copy from. */
    sealed interface Tree {
        /** The build context. */
        record MainContext() implements Tree {}

        /** A named context, by the name that the request gave it. */
        record Context(String name) implements Tree {}

        /** An image that {@code --from} names. */
        record OfImage(Asked image) implements Tree {}
    }

    OnceEach<Asked, ResolvedImage> images() {
        return images;
    }

    OnceEach<Tree, SourceTree> trees() {
        return trees;
    }

    OnceEach<StepKey, StepRecord> steps() {
        return steps;
    }
}
