package org.jbuildah.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;

/** The engine in this JVM. */
final class LocalEngine implements EngineDoor.Engine {
    private LocalEngine() {}

    static EngineDoor.Engine open(Optional<Path> root, EventSink events, CredentialLookup credentials) {
        return new LocalEngine();
    }

    @Override
    public BuildResult build(BuildRequest request) throws InterruptedException {
        throw new IllegalStateException("contract only");
    }

    @Override
    public void close() {}
}
