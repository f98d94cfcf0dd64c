package org.jbuildah.engine.api;

import java.time.Instant;

/**
 * A failed {@code RUN} whose root file system the store keeps.
 *
 * @param id to enter it by
 * @param place {@code Dockerfile:LINE}
 * @param reason why it failed, a sentence
 */
public record KeptRun(String id, Instant failed, String place, String reason) {}
