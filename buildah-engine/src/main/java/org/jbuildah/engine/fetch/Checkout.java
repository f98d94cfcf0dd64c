package org.jbuildah.engine.fetch;

import java.time.Instant;
import org.jbuildah.engine.context.SourceTree;

/**
 * The files of a commit.
 *
 * @param tree the top of the repository, or the subdirectory that was meant: owned by root, of the commit's time, with mode 0755 or 0644
 * @param time when the commit was made
 */
public record Checkout(SourceTree tree, String commit, Instant time) {}
