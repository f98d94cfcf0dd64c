package org.jbuildah.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.registry.CredentialLookup;

/**
 * One build by the engine, told in Maven's log. Ctrl-C under Maven interrupts no thread: the JVM just ends, and a shutdown hook closes the engine before that.
 */
final class EngineRun {
    private final EngineDoor door;
    private final Runtime runtime;
    private final Log log;

    EngineRun(EngineDoor door, Runtime runtime, Log log) {
        this.door = door;
        this.runtime = runtime;
        this.log = log;
    }

    /** @throws Cancelled if this thread is interrupted; its flag is then set */
    BuildResult build(Optional<Path> root, CredentialLookup credentials, BuildRequest request) {
        try (MavenEventRenderer events = new MavenEventRenderer(log);
                EngineDoor.Engine engine = door.open(root, events, credentials)) {
            Thread hook = new Thread(engine::close, "buildah: end of Maven");
            runtime.addShutdownHook(hook);
            try {
                return engine.build(request);
            } finally {
                remove(hook);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled(FailureCode.CANCELLED, "The build was interrupted.", "", e);
        }
    }

    private void remove(Thread hook) {
        try {
            runtime.removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("Maven is ending: the hook runs already");
        }
    }
}
