package org.jbuildah.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.host.Choice;
import org.jbuildah.engine.host.ForeignPrograms;
import org.jbuildah.engine.host.HostProbe;
import org.jbuildah.engine.host.ModeChooser;
import org.jbuildah.engine.host.TrialSubject;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.Rootfs;
import org.jbuildah.engine.worker.NamespaceWorker;
import org.jspecify.annotations.Nullable;

/** Judges the machine and starts workers when the first RUN comes near, one for each build. */
final class LazyWorkers implements AutoCloseable {
    private final Path store;
    private final EventSink events;
    private final List<Door> open = new ArrayList<>();
    private boolean closed;

    LazyWorkers(Path store, EventSink events) {
        this.store = store;
        this.events = events;
    }

    synchronized WorkerDoor door(ModeOptions asked) {
        Door door = new Door(asked);
        if (closed) {
            door.close();
        }
        open.add(door);
        return door;
    }

    /**
     * Removes unpacked layers, and with {@code caches} cache directories; they may belong to ids that only a worker can touch. Where no worker can be started there are none.
     *
     * @return false if another build uses some of them, which then stay
     */
    boolean prune(boolean caches) throws IOException {
        Choice choice;
        try {
            choice = judged(store, ModeOptions.DEFAULT);
        } catch (HostUnsuitable noRun) {
            return true;
        }
        try (NamespaceWorker worker = NamespaceWorker.start(choice.workerSettings(store), events)) {
            return worker.prune(caches);
        }
    }

    /** What a request would use on this machine, before a worker's rehearsal. */
    static Choice judged(Path store, ModeOptions asked) {
        Set<TrialSubject> subjects = TrialSubject.needfulFor(asked.mode());
        return new ModeChooser().choose(HostProbe.ofThisMachine().probe(store, subjects), asked);
    }

    @Override
    public void close() {
        List<Door> doors;
        synchronized (this) {
            closed = true;
            doors = List.copyOf(open);
        }
        doors.forEach(Door::close);
    }

    private final class Door implements WorkerDoor {
        private final ModeOptions asked;
        private @Nullable Choice choice;
        private @Nullable NamespaceWorker worker;
        private boolean shut;

        Door(ModeOptions asked) {
            this.asked = asked;
        }

        @Override
        public void startSoon() {
            worker();
        }

        @Override
        public void require(Platform platform) {
            ForeignPrograms.ofThisMachine().require(platform);
        }

        @Override
        public Rootfs rootfs() {
            return worker();
        }

        @Override
        public String ownerFidelity() {
            return choice().idMap().singleId() ? "single-id" : FULL;
        }

        private synchronized Choice choice() {
            if (choice == null) {
                choice = judged(store, asked);
            }
            return choice;
        }

        private synchronized NamespaceWorker worker() {
            if (shut) {
                throw new Cancelled(FailureCode.CANCELLED, "The build was cancelled.", "");
            }
            if (worker == null) {
                Choice chosen = choice();
                worker = NamespaceWorker.start(
                        chosen.workerSettings(store),
                        events,
                        hello -> events.event(new BuildEvent.HostJudged(
                                chosen.proven(hello.driver(), hello.obstacles()).reasons())));
            }
            return worker;
        }

        @Override
        public void close() {
            NamespaceWorker ending;
            synchronized (this) {
                shut = true;
                ending = worker;
                worker = null;
            }
            if (ending != null) {
                ending.close();
            }
            synchronized (LazyWorkers.this) {
                open.remove(this);
            }
        }
    }
}
