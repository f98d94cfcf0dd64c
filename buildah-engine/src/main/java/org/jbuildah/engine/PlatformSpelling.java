package org.jbuildah.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.StageGraph;

/** What is said of platforms that nobody refuses, as anything may be one, and that are probably misspelt. */
final class PlatformSpelling {
    private PlatformSpelling() {}

    /** A sentence for each platform of the plans that is near one that is known. */
    static List<String> warnings(Collection<StageGraph> graphs, Collection<Platform> asked) {
        Stream<Platform> written = graphs.stream().flatMap(graph -> graph.needed().stream()
                .map(stage -> graph.stages().get(stage).platform()));
        List<String> warnings = new ArrayList<>();
        Stream.concat(asked.stream(), written).distinct().forEach(platform -> {
            warning(platform, "operating system", platform.os(), Platform.knownSystems())
                    .ifPresent(warnings::add);
            warning(platform, "architecture", platform.architecture(), Platform.knownArchitectures())
                    .ifPresent(warnings::add);
        });
        return warnings;
    }

    private static Optional<String> warning(Platform platform, String what, String word, List<String> known) {
        return known.contains(word)
                ? Optional.empty()
                : NearMiss.of(word, known)
                        .map(near -> "The platform \"" + platform + "\" has the " + what + " \"" + word
                                + "\", which is not known; did you mean " + near + "?");
    }
}
