package org.jbuildah.engine.host;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule says: the subject can be used, or all that stands in its way.
 *
 * @param subject a mode, a storage driver or an id map, in words
 */
public record Verdict(String subject, List<Obstacle> obstacles) {
    public Verdict {
        obstacles = List.copyOf(obstacles);
    }

    public boolean usable() {
        return obstacles.isEmpty();
    }

    /** What both need. */
    Verdict and(Verdict other) {
        return new Verdict(
                subject,
                Stream.concat(obstacles.stream(), other.obstacles.stream()).toList());
    }
}
