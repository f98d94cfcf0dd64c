package org.jbuildah.engine.worker;

import java.io.IOException;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Failed;
import org.jspecify.annotations.Nullable;

/** A request being served: ends with one answer, however it ends. */
final class Job implements Runnable {
    /** What is to be done. */
    interface Work {
        Event event() throws IOException, InterruptedException;
    }

    /** Hears the answer. */
    interface Answer {
        void send(Event event) throws IOException;
    }

    private final Work work;
    private final OutputWindow output;
    private final Answer answer;
    private @Nullable Thread thread;
    private boolean cancelled;

    Job(Work work, OutputWindow output, Answer answer) {
        this.work = work;
        this.output = output;
        this.answer = answer;
    }

    OutputWindow output() {
        return output;
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
            if (cancelled) {
                thread.interrupt();
            }
        }
        Event event = result();
        synchronized (this) {
            thread = null;
        }
        boolean late = Thread.interrupted(); // cancelled after its end: the thread goes back to the pool as it came
        try {
            answer.send(event);
        } catch (IOException launcherGone) {
            cancelled = late; // nobody is left to tell; the end of the requests is on its way
        }
    }

    private Event result() {
        try {
            return work.event();
        } catch (Throwable thrown) {
            return new Failed(Failure.of(thrown));
        }
    }

    /** Ends the work as soon as it can be interrupted, and drops its output. */
    void cancel() {
        output.shut();
        synchronized (this) {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
