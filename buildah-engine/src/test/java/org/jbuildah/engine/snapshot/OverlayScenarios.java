package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jbuildah.engine.snapshot.Bench.directory;
import static org.jbuildah.engine.snapshot.Bench.file;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;

/** What only an overlay is asked. */
final class OverlayScenarios {
    private final Bench bench;

    OverlayScenarios(Bench bench) {
        this.bench = bench;
    }

    void aCommittedLayerIsNotUnpackedAgain() throws Exception {
        DiffId base = bench.layer(file("f", "f"));
        DiffId layer = bench.run(List.of(base), "echo x > x");
        Path tar = bench.content.plainTar(layer);
        Files.write(tar, new byte[(int) Files.size(tar)]); // who unpacked that would find nothing

        assertThat(bench.seen(List.of(base, layer))).containsKey("/x");
    }

    void aTrivialStepCostsMilliseconds() throws Exception {
        DiffId base = bench.layer(directory("d"), file("d/f", "f"));
        List<Double> prepare = new ArrayList<>();
        List<Double> commit = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            long used = clock.getCurrentThreadCpuTime();
            try (SnapshotStore.Snapshot snapshot = bench.store.prepare(List.of(base))) {
                prepare.add((System.nanoTime() - start) / 1e6);
                String number = String.valueOf(i);
                bench.mounted(snapshot, root -> Files.writeString(root.resolve("d/n"), number));
                start = System.nanoTime();
                assertThat(bench.entries(snapshot.commit())).hasSize(2);
                commit.add((System.nanoTime() - start) / 1e6);
                processor.add((clock.getCurrentThreadCpuTime() - used) / 1e6);
            }
        }
        prepare.sort(null);
        commit.sort(null);
        processor.sort(null);
        System.out.printf(
                "measured prepare %.2f ms, commit %.2f ms; processor %.2f ms for both%n",
                prepare.get(30), commit.get(30), processor.get(30));
    }
}
