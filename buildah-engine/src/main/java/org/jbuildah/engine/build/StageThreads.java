package org.jbuildah.engine.build;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.plan.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Builds stages side by side, a thread for each. The first failure ends all of them, as an interrupt of the waiting thread does: none
 * is left running when {@link #run} returns.
 */
final class StageThreads {
    private final StageSlots slots;
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Throwable firstFailure;

    /** A stage of the build for one platform. */
    record Task(BuildWorld world, Stage stage) {}

    StageThreads(StageSlots slots) {
        this.slots = slots;
    }

    /** Builds the stages; throws what the first one of them that failed threw. */
    void run(List<Task> tasks) throws InterruptedException {
        for (Task task : tasks) {
            Thread thread = new Thread(
                    () -> build(task), "jbuildah stage " + task.world().label(task.stage()));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException cancelled) {
            endAll();
            throw cancelled;
        }
        rethrow();
    }

    private void build(Task task) {
        if (givenUp()) {
            return; // an interrupt before the start is lost
        }
        try {
            slots.heldWhile(() -> task.world().results().of(task.stage(), null));
        } catch (InterruptedException | RuntimeException | Error failure) {
            failed(failure);
        }
    }

    private synchronized boolean givenUp() {
        return firstFailure != null;
    }

    private synchronized void failed(Throwable failure) {
        if (firstFailure == null) {
            firstFailure = failure;
            threads.forEach(Thread::interrupt);
        }
    }

    private void endAll() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            joinInSpiteOfInterrupts(thread);
        }
    }

    private static void joinInSpiteOfInterrupts(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void rethrow() throws InterruptedException {
        if (firstFailure instanceof RuntimeException failure) {
            throw failure;
        }
        if (firstFailure instanceof Error error) {
            throw error;
        }
        if (firstFailure != null) {
            throw new InterruptedException("a stage was ended from outside");
        }
    }
}
