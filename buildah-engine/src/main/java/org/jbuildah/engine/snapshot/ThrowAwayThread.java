package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs something on a thread of its own, because it changes the thread (its namespaces, its working directory). */
final class ThrowAwayThread {
    private ThrowAwayThread() {}

    interface Task {
        void run() throws IOException;
    }

    static void run(String name, Task task) throws IOException {
        FutureTask<Boolean> future = new FutureTask<>(() -> {
            task.run();
            return true;
        });
        Thread thread = new Thread(future, name);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                thread.join();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt(); // it ends by itself, with the tree in a state that it knows
            } catch (ExecutionException e) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                    InterruptedIOException failure = new InterruptedIOException(name + " was interrupted");
                    failure.initCause(e.getCause());
                    throw failure;
                }
                throw e.getCause() instanceof IOException failure
                        ? failure
                        : new IOException(name + " failed: " + e.getCause(), e.getCause());
            }
        }
    }
}
