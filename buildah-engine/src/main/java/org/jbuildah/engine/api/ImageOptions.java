package org.jbuildah.engine.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request says about the image that comes out, beside what the Dockerfile says.
 *
 * @param labels added to the image after the Dockerfile's own
 * @param dockerFormat Docker's media types in place of OCI's; the image id is the same
 */
public record ImageOptions(Map<String, String> labels, boolean dockerFormat) {
    public static final ImageOptions DEFAULT = new ImageOptions(Map.of(), false);

    public ImageOptions {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    public ImageOptions withLabels(Map<String, String> value) {
        return new ImageOptions(value, dockerFormat);
    }

    public ImageOptions withDockerFormat(boolean value) {
        return new ImageOptions(labels, value);
    }
}
