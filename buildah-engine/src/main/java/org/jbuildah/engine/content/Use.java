package org.jbuildah.engine.content;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.StoreBroken;

/**
 * Says that somebody uses a store: a lock on one random byte of {@code locks/use}. Who wants the store for himself locks all other
 * bytes. (Shared locks would not do: a JVM refuses two of them on one range, even to different class loaders.)
 */
final class Use implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FILE = "use";

    private final List<StoreLock> byteLock;
    private final long position;

    private Use(List<StoreLock> byteLock, long position) {
        this.byteLock = byteLock;
        this.position = position;
    }

    /** Waits while somebody has the store for himself. */
    static Use begin(StoreFolders folders) {
        try {
            while (true) {
                long position = 1 + RANDOM.nextLong(Long.MAX_VALUE / 2);
                Optional<StoreLock> taken = StoreLock.tryAcquire(folders.locks().resolve(FILE), position, 1);
                if (taken.isPresent()) {
                    return new Use(List.of(taken.get()), position);
                }
                Thread.sleep(5);
            }
        } catch (IOException e) {
            throw StoreBroken.unwritable(folders.locks().resolve(FILE), Reasons.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled(FailureCode.CANCELLED, "Interrupted while waiting for the store.", "", e);
        }
    }

    /** The use of a store that nobody here can write, and so nobody here can sweep. */
    static Use readOnly() {
        return new Use(List.of(), 0);
    }

    /** All other bytes; empty when somebody else uses the store. */
    Optional<AutoCloseable> alone(StoreFolders folders) throws IOException {
        if (byteLock.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoreLock> below = StoreLock.tryAcquire(folders.locks().resolve(FILE), 0, position);
        if (below.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoreLock> above =
                StoreLock.tryAcquire(folders.locks().resolve(FILE), position + 1, Long.MAX_VALUE - position - 1);
        if (above.isEmpty()) {
            below.get().close();
            return Optional.empty();
        }
        return Optional.of(() -> {
            below.get().close();
            above.get().close();
        });
    }

    @Override
    public void close() {
        for (StoreLock lock : byteLock) {
            try {
                lock.close();
            } catch (IOException e) {
                // the kernel drops it with the process
            }
        }
    }
}
