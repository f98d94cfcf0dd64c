package org.jbuildah.engine.api;

import java.nio.file.Path;

/**
 * A directory or file of this machine that every {@code RUN} sees, and may write unless it is read-only.
 *
 * @param path absolute; must exist
 * @param target absolute, in the image
 */
public record Volume(Path path, String target, boolean readOnly) {}
