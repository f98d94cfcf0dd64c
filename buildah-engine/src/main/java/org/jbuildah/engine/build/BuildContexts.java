package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.Map;
import org.jbuildah.engine.context.SourceTree;

/**
 * The files that a build may copy and mount, each opened when the first instruction asks for it.
 *
 * @param main the build context
 * @param named by the name that the request gave it
 */
public record BuildContexts(Opening main, Map<String, NamedContext> named) {
    public BuildContexts {
        named = Map.copyOf(named);
    }

    /** Opens files; called once. */
    public interface Opening {
        SourceTree open() throws IOException, InterruptedException;
    }

    /** A build context and no named ones. */
    public static BuildContexts of(Opening main) {
        return new BuildContexts(main, Map.of());
    }
}
