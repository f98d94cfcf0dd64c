package org.jbuildah.engine.remote;

import java.io.IOException;

/** Removes a container by its name: when asked to, and when this JVM is told to end before that. */
final class Removal {
    private final ContainerCommand command;
    private final Thread hook;
    private volatile boolean begun;

    private Removal(ContainerCommand command) {
        this.command = command;
        this.hook = new Thread(this::fromHook, "jbuildah-helper-removal");
    }

    /** For a container that is about to be made. */
    static Removal of(ContainerCommand command) {
        Removal removal = new Removal(command);
        Runtime.getRuntime().addShutdownHook(removal.hook);
        return removal;
    }

    private void fromHook() {
        begun = true;
        remove();
    }

    /** Whether this JVM is ending, which is why the container has gone. */
    boolean fromOutside() {
        return begun;
    }

    void now() {
        remove();
        notNeeded();
    }

    /** Whatever state the container is in; one that is not there any more is as good. An interrupt is kept for later. */
    private void remove() {
        boolean interrupted = Thread.interrupted();
        try {
            ContainerTool.run(command.remove());
        } catch (IOException noTool) {
            return; // it cannot be started, so it has made nothing
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void notNeeded() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // it runs, and finds nothing any more
        }
    }
}
