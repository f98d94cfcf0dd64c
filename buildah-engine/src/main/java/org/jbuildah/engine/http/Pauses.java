package org.jbuildah.engine.http;

import java.time.Duration;

/** How long to wait before trying again. */
@FunctionalInterface
public interface Pauses {
    Duration LONGEST_GROWN = Duration.ofSeconds(60);

    /** @param failures how many attempts have failed before the one that ended just now */
    Duration after(int failures);

    /** Twice as long each time, up to a minute. */
    static Pauses doubling(Duration first) {
        return failures -> {
            Duration grown = first.multipliedBy(1L << Math.min(failures, 10));
            return grown.compareTo(LONGEST_GROWN) > 0 ? LONGEST_GROWN : grown;
        };
    }

    static Pauses always(Duration pause) {
        return failures -> pause;
    }
}
