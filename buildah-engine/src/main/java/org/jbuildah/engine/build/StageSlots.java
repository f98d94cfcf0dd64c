package org.jbuildah.engine.build;

import java.util.concurrent.Semaphore;

/** How many stages may work at a time. A stage that waits for another one does not work. */
final class StageSlots {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Semaphore free;

    /** @param jobs 0 for no limit */
    StageSlots(int jobs) {
        free = new Semaphore(jobs == 0 ? UNLIMITED : jobs, true);
    }

    /** A task for one stage. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** A wait for something. */
    interface Wait<T, R> {
        R on(T something) throws InterruptedException;
    }

    void heldWhile(Work work) throws InterruptedException {
        free.acquire();
        try {
            work.run();
        } finally {
            free.release();
        }
    }

    /** Gives the slot of the calling thread to others while it waits. */
    <T, R> R lentOutWhile(T something, Wait<T, R> wait) throws InterruptedException {
        free.release();
        try {
            return wait.on(something);
        } finally {
            free.acquireUninterruptibly(); // who holds one when it comes, must hold one when it goes
        }
    }
}
