package org.jbuildah.maven;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.api.BuildResult;

/** What a module's later goals, and its reader, learn of a finished image. */
final class BuiltImage {
    private final BuildResult result;
    private final FinishedImage finished;

    BuiltImage(BuildResult result) {
        this.result = result;
        finished = new FinishedImage(result);
    }

    /** For {@code ${image.name}} and its kin. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("image.id", result.imageId().toString());
        properties.put("image.digest", finished.digest().toString());
        result.names().stream().findFirst().ifPresent(name -> properties.put("image.name", name));
        return properties;
    }

    /** What came out, and how to run it. */
    List<String> summary() {
        return finished.lines();
    }
}
