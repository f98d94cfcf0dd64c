package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UnpackedLayersTest {
    private static final int ROUNDS = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void whoDiscardsASlotTakesNothingFromTheNextThatHasItsOrdinal() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(3);
        List<Future<Integer>> whole = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            whole.add(workers.submit(this::allocateAndDiscard));
        }
        for (Future<Integer> count : whole) {
            assertThat(count.get()).isEqualTo(ROUNDS);
        }
        workers.shutdown();
    }

    /** As workers that come and go: each begins to count at one. Returns how often the slot was whole until it was given back. */
    private int allocateAndDiscard() throws IOException {
        Linux linux = JnrLinux.load();
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            UnpackedLayers layers = UnpackedLayers.open(linux, directory.resolve("folder"));
            UnpackedLayers.Slot slot = layers.allocate();
            Thread.yield();
            if (Files.isDirectory(layers.directory(slot.ordinal()))
                    && Files.isDirectory(layers.work(slot))
                    && Files.isDirectory(layers.merged(slot))) {
                whole++;
            }
            layers.discard(slot);
            layers.close();
        }
        return whole;
    }
}
