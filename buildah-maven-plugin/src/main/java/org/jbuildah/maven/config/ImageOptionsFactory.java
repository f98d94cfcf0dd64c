package org.jbuildah.maven.config;

import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.Layering;

/** What a pom says about the image that comes out: labels and their like, layers, times, format. */
record ImageOptionsFactory(ImageConfiguration image, Surroundings surroundings) {
    private static final Word<Boolean> FORMATS = new Word<>("format", Map.of("oci", false, "docker", true));

    /** @param args the build arguments; a SOURCE_DATE_EPOCH among them dates the image */
    ImageOptions options(Map<String, String> args) {
        NamedValues values = new NamedValues(surroundings);
        return ImageOptions.DEFAULT
                .withLabels(new Edits(
                        image.inheritLabels, Set.copyOf(image.unsetLabels), values.of("labels", image.labels)))
                .withAnnotations(new Edits(
                        image.inheritAnnotations,
                        Set.copyOf(image.unsetAnnotations),
                        values.of("annotations", image.annotations)))
                .withEnvironment(new Edits(true, Set.copyOf(image.unsetEnv), values.of("env", image.env)))
                .withLayering(layering())
                .withTimes(new SourceDate(image, args, surroundings.environment()).times())
                .withHistory(!image.omitHistory)
                .withCreatedAnnotation(image.createdAnnotation)
                .withCompression(image.compression)
                .withDockerFormat(FORMATS.parse(image.format));
    }

    private Layering layering() {
        if (image.squash) {
            return Layering.ONE_IN_ALL;
        }
        return image.layers ? Layering.PER_STEP : Layering.ONE_ABOVE_BASE;
    }
}
