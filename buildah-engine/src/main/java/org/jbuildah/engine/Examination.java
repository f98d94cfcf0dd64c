package org.jbuildah.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.host.Choice;
import org.jbuildah.engine.host.Diagnosis;
import org.jbuildah.engine.host.HostProbe;
import org.jbuildah.engine.host.TrialSubject;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.worker.NamespaceWorker;
import org.jbuildah.engine.worker.WorkerHello;

/** Examines the machine for a request. A rehearsal starts a worker in the store, and runs nothing in it. */
final class Examination {
    private final HostProbe probe;
    private final Path store;
    private final ModeOptions asked;

    Examination(HostProbe probe, Path store, ModeOptions asked) {
        this.probe = probe;
        this.store = store;
        this.asked = asked;
    }

    /** Reads only. */
    Diagnosis read() {
        return Diagnosis.of(probe.probe(store, Set.of()), asked);
    }

    /**
     * Reads, tries, and starts a worker while it tries other programs.
     *
     * @throws StoreBroken if no build at all is possible, as the store cannot be written
     */
    Diagnosis rehearsed() {
        refuseUnwritableStore();
        Diagnosis first = Diagnosis.of(probe.probe(store, TrialSubject.needfulFor(asked.mode())), asked);
        Choice choice = first.choice();
        if (choice == null) {
            return all();
        }
        try (NamespaceWorker worker = NamespaceWorker.start(choice.workerSettings(store), EventSink.silent())) {
            Diagnosis whole = all();
            try {
                WorkerHello hello = worker.hello();
                return whole.proven(hello.driver(), hello.obstacles());
            } catch (HostUnsuitable notStarted) {
                return whole.failed(notStarted);
            }
        }
    }

    private void refuseUnwritableStore() {
        Path there = store;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            String why = Files.isDirectory(there) ? "belongs to somebody else or is read-only" : "is no directory";
            throw StoreBroken.unwritable(store, there + " " + why, null);
        }
    }

    private Diagnosis all() {
        return Diagnosis.of(probe.probe(store, EnumSet.allOf(TrialSubject.class)), asked);
    }
}
