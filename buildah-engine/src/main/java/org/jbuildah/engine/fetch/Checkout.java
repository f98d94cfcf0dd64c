package org.jbuildah.engine.fetch;

import java.nio.file.Path;
import java.time.Instant;
import org.jbuildah.engine.context.SourceTree;

/**
 * The files of a commit.
 *
 * @param directory where they are: the top of the repository, or the subdirectory that was meant
 * @param time when the commit was made
 */
public record Checkout(Path directory, String commit, Instant time) {
    /** The files as they are to be seen by a build: owned by root, of the commit's time, with mode 0755 or 0644. */
    public SourceTree tree() {
        return CheckoutTree.of(directory, time);
    }
}
