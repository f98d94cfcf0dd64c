package org.jbuildah.engine.api;

import java.util.Map;

/**
 * What a request says about the image that comes out, beside what the Dockerfile says.
 *
 * @param labels after the Dockerfile's own
 * @param annotations of the manifest; Docker's format has none
 * @param environment {@code set} is there before the first instruction of each stage, so that RUN sees it and ENV overrides it; {@code
 *     unset} is removed at the end
 * @param history false: the image does not tell how it was made
 * @param createdAnnotation true: the manifest says when the image was made, too
 * @param compression of the layers where the image goes; the store keeps them plain
 * @param dockerFormat Docker's media types in place of OCI's; the image id is the same
 */
public record ImageOptions(
        Edits labels,
        Edits annotations,
        Edits environment,
        Layering layering,
        ImageTimes times,
        boolean history,
        boolean createdAnnotation,
        LayerCompression compression,
        boolean dockerFormat) {
    public static final ImageOptions DEFAULT = new ImageOptions(
            Edits.NONE,
            Edits.NONE,
            Edits.NONE,
            Layering.PER_STEP,
            ImageTimes.AS_MADE,
            true,
            false,
            LayerCompression.DEFAULT,
            false);

    public ImageOptions withLabels(Edits value) {
        return new ImageOptions(
                value,
                annotations,
                environment,
                layering,
                times,
                history,
                createdAnnotation,
                compression,
                dockerFormat);
    }

    /** Labels to add. */
    public ImageOptions withLabels(Map<String, String> value) {
        return withLabels(Edits.setting(value));
    }

    public ImageOptions withAnnotations(Edits value) {
        return new ImageOptions(
                labels, value, environment, layering, times, history, createdAnnotation, compression, dockerFormat);
    }

    public ImageOptions withEnvironment(Edits value) {
        return new ImageOptions(
                labels, annotations, value, layering, times, history, createdAnnotation, compression, dockerFormat);
    }

    public ImageOptions withLayering(Layering value) {
        return new ImageOptions(
                labels, annotations, environment, value, times, history, createdAnnotation, compression, dockerFormat);
    }

    public ImageOptions withTimes(ImageTimes value) {
        return new ImageOptions(
                labels,
                annotations,
                environment,
                layering,
                value,
                history,
                createdAnnotation,
                compression,
                dockerFormat);
    }

    public ImageOptions withHistory(boolean value) {
        return new ImageOptions(
                labels, annotations, environment, layering, times, value, createdAnnotation, compression, dockerFormat);
    }

    public ImageOptions withCreatedAnnotation(boolean value) {
        return new ImageOptions(
                labels, annotations, environment, layering, times, history, value, compression, dockerFormat);
    }

    public ImageOptions withDockerFormat(boolean value) {
        return new ImageOptions(
                labels, annotations, environment, layering, times, history, createdAnnotation, compression, value);
    }

    public ImageOptions withCompression(LayerCompression value) {
        return new ImageOptions(
                labels, annotations, environment, layering, times, history, createdAnnotation, value, dockerFormat);
    }
}
