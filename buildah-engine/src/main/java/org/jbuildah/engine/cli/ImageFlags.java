package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.Layering;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code build} about the image that comes out: its labels, annotations, environment and layers. */
final class ImageFlags {
    @Mixin
    private final TimeFlags times = new TimeFlags();

    @Mixin
    private final CompressionFlags compression = new CompressionFlags();

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label of the image.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--unsetlabel", paramLabel = "NAME", description = "Removes a label.")
    private List<String> unsetLabels = new ArrayList<>();

    @Option(
            names = "--inherit-labels",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: stages begin without the labels of what they stand on. Default: true.")
    private boolean inheritLabels = true;

    @Option(
            names = "--annotation",
            paramLabel = "NAME=VALUE",
            description = "An annotation of the manifest; needs format oci.")
    private List<String> annotations = new ArrayList<>();

    @Option(names = "--unsetannotation", paramLabel = "NAME", description = "Does not inherit an annotation.")
    private List<String> unsetAnnotations = new ArrayList<>();

    @Option(
            names = "--inherit-annotations",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: the manifest has no annotations of the base image's. Default: true.")
    private boolean inheritAnnotations = true;

    @Option(
            names = "--created-annotation",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "True: the manifest says when the image was made. Default: false.")
    private boolean createdAnnotation;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description =
                    "A variable that each stage begins with, and the image has; without a value it is taken from the environment.")
    private List<String> environment = new ArrayList<>();

    @Option(names = "--unsetenv", paramLabel = "NAME", description = "Removes a variable from the image.")
    private List<String> unsetEnvironment = new ArrayList<>();

    @Option(
            names = "--squash",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Makes one layer of the whole image, the base's included.")
    private boolean squash;

    @Option(
            names = "--layers",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description =
                    "False: makes one layer above the base's, and runs every step again. Default: $BUILDAH_LAYERS, else true.")
    private @Nullable Boolean layers;

    @Option(
            names = "--omit-history",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "True: the image does not tell how it was made.")
    private boolean omitHistory;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "oci or docker. Default: $BUILDAH_FORMAT, else oci.")
    private @Nullable String format;

    /** @param buildArguments of the same command line; a SOURCE_DATE_EPOCH among them dates the image */
    ImageOptions options(Map<String, String> shell, Map<String, String> buildArguments) {
        String formatWord = format == null ? shell.getOrDefault("BUILDAH_FORMAT", "") : format;
        return ImageOptions.DEFAULT
                .withLabels(new Edits(inheritLabels, new HashSet<>(unsetLabels), Pairs.of("--label", labels)))
                .withAnnotations(new Edits(
                        inheritAnnotations, new HashSet<>(unsetAnnotations), Pairs.of("--annotation", annotations)))
                .withEnvironment(
                        new Edits(true, new HashSet<>(unsetEnvironment), Pairs.of("--env", environment, shell)))
                .withLayering(layering(shell))
                .withTimes(times.times(shell, buildArguments))
                .withHistory(!omitHistory)
                .withCreatedAnnotation(createdAnnotation)
                .withCompression(compression.compression())
                .withDockerFormat(!formatWord.isEmpty() && Words.dockerFormat(formatWord));
    }

    private Layering layering(Map<String, String> shell) {
        if (squash) {
            return Layering.ONE_IN_ALL;
        }
        String word = shell.getOrDefault("BUILDAH_LAYERS", "");
        boolean perStep = layers == null ? word.isEmpty() || Words.bool("BUILDAH_LAYERS", word) : layers;
        return perStep ? Layering.PER_STEP : Layering.ONE_ABOVE_BASE;
    }
}
