package org.jbuildah.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;

/** What the goals want of the engine. */
@FunctionalInterface
interface EngineDoor {
    /** @param root the store; empty for the user's own */
    Engine open(Optional<Path> root, EventSink events, CredentialLookup credentials);

    /** An engine with its store open. {@link #close} may come from any thread, and ends a build that runs. */
    interface Engine extends AutoCloseable {
        BuildResult build(BuildRequest request) throws InterruptedException;

        @Override
        void close();
    }
}
