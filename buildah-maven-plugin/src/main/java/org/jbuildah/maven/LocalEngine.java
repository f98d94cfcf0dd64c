package org.jbuildah.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;

/** The engine in this JVM. */
final class LocalEngine implements EngineDoor.Engine {
    private final BuildEngine engine;

    private LocalEngine(BuildEngine engine) {
        this.engine = engine;
    }

    static EngineDoor.Engine open(Optional<Path> root, EventSink events, CredentialLookup credentials) {
        return new LocalEngine(root.map(store -> BuildEngine.open(store, events, credentials))
                .orElseGet(() -> BuildEngine.open(events, credentials)));
    }

    @Override
    public BuildResult build(BuildRequest request) throws InterruptedException {
        return engine.build(request);
    }

    @Override
    public void close() {
        engine.close();
    }
}
