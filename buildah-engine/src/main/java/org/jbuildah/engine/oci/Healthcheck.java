package org.jbuildah.engine.oci;

import java.time.Duration;
import java.util.List;

/**
 * How a container's health is asked for; Docker's field, kept in both formats.
 *
 * @param test {@code []} inherit, {@code [NONE]}, {@code [CMD, …]} or {@code [CMD-SHELL, command]}
 * @param interval zero means inherit, as do the other durations
 * @param retries zero means inherit
 */
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    public Healthcheck {
        test = List.copyOf(test);
    }
}
