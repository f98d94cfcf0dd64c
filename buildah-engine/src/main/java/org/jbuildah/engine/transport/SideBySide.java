package org.jbuildah.engine.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Transfers that run at the same time, a few at once; the first failure ends all. */
final class SideBySide {
    private static final int AT_ONCE = 4;

    private SideBySide() {}

    /** @return the results, in the order of the tasks */
    static <T> List<T> run(String name, List<Callable<T>> tasks) throws InterruptedException {
        if (tasks.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, tasks.size()), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            ExecutorCompletionService<T> running = new ExecutorCompletionService<>(threads);
            var futures = new ArrayList<java.util.concurrent.Future<T>>();
            tasks.forEach(task -> futures.add(running.submit(task)));
            for (int i = 0; i < tasks.size(); i++) {
                running.take().get(); // whichever is ready: a failure is heard at once
            }
            List<T> results = new ArrayList<>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            threads.shutdownNow();
            awaitQuietly(threads);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
        Throwable cause = e.getCause();
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }

    /** What still runs has been interrupted, and must not outlive the build's use of the store. */
    private static void awaitQuietly(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
