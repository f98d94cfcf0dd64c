package org.jbuildah.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreLockTest {
    @TempDir
    Path folder;

    @Test
    void onlyOneThreadHoldsItAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(threads.submit(() -> {
                for (int n = 0; n < 20; n++) {
                    StoreLock lock = StoreLock.acquire(folder.resolve("x"));
                    try (lock) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.sleep(1);
                        inside.decrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        assertThat(most).hasValue(1);
    }

    @Test
    void anotherProcessIsKeptOutAndLetInByItsDeath() throws Exception {
        Process child = Child.start(folder, "hold", "x");
        assertThat(child.inputReader().readLine()).isEqualTo("held");

        assertThat(StoreLock.tryAcquire(folder.resolve("x"))).isEmpty();
        assertThat(StoreLock.tryAcquire(folder.resolve("y"))).isPresent();

        child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        StoreLock.acquire(folder.resolve("x")).close();
    }

    @Test
    void closingOneDoesNotDropAnotherOfTheSameFile() throws Exception {
        StoreLock first = StoreLock.acquire(folder.resolve("x"));
        assertThat(StoreLock.tryAcquire(folder.resolve("x"))).isEmpty();
        Optional<StoreLock> other = StoreLock.tryAcquire(folder.resolve("../" + folder.getFileName() + "/x"));
        assertThat(other).isEmpty();

        Process child = Child.start(folder, "hold", "x");
        Thread.sleep(500);
        assertThat(child.inputReader().ready()).isFalse();
        first.close();
        assertThat(child.inputReader().readLine()).isEqualTo("held");
        child.destroy();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        StoreLock held = StoreLock.acquire(folder.resolve("x"));
        try (held) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> StoreLock.acquire(folder.resolve("x"))).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aRemovedAndRemadeFileIsLockedAnew() throws Exception {
        StoreLock.acquire(folder.resolve("x")).close();
        Files.delete(folder.resolve("x"));
        Process child = Child.start(folder, "hold", "x");
        assertThat(child.inputReader().readLine()).isEqualTo("held");

        assertThat(StoreLock.tryAcquire(folder.resolve("x"))).isEmpty();
        child.destroyForcibly().waitFor();
    }
}
