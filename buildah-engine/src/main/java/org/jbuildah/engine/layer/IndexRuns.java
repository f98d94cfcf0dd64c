package org.jbuildah.engine.layer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Sorts encoded records by name in bounded memory: what outgrows it goes to sorted runs on disk, which are merged at the end. */
final class IndexRuns implements AutoCloseable {
    private static final int MEMORY = 8 << 20;

    private final Path scratch;
    private final IndexRecord.Output arena = new IndexRecord.Output();
    private int[] starts = new int[1024];
    private int count;
    private final List<Path> files = new ArrayList<>();

    IndexRuns(Path scratch) {
        this.scratch = scratch;
    }

    /** Takes each record in the order of names. */
    @FunctionalInterface
    interface Receiver {
        void take(byte[] bytes, int from, int to, byte[] name) throws IOException;
    }

    void add(LayerEntry entry, long contentOffset) throws IOException {
        if (arena.length > MEMORY) {
            spill();
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = arena.length;
        IndexRecord.encode(entry, contentOffset, arena);
    }

    /** Of several records with one name the one that was added last is handed over. */
    void forEachSorted(Receiver receiver) throws IOException {
        if (files.isEmpty()) {
            sorted(receiver);
        } else {
            spill();
            merge(receiver);
        }
    }

    private void spill() throws IOException {
        Path file = Files.createTempFile(scratch, "index", ".run");
        files.add(file);
        try (DataOutputStream run =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            sorted((bytes, from, to, name) -> {
                run.writeInt(to - from);
                run.write(bytes, from, to - from);
            });
            run.writeInt(-1);
        }
        count = 0;
        arena.length = 0;
    }

    private void sorted(Receiver receiver) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(arena.bytes, 0, arena.length);
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        Arrays.sort(
                order,
                (some, other) -> compareNames(bytes, starts[some], starts[other])); // stable: the last stays last
        for (int i = 0; i < count; i++) {
            int record = order[i];
            if (i + 1 < count && compareNames(bytes, starts[record], starts[order[i + 1]]) == 0) {
                continue;
            }
            int to = record + 1 < count ? starts[record + 1] : arena.length;
            byte[] name = IndexRecord.name(bytes, starts[record]).rawBytes();
            receiver.take(arena.bytes, starts[record], to, name);
        }
    }

    private int compareNames(ByteBuffer bytes, int some, int other) {
        IndexRecord.Cursor first = new IndexRecord.Cursor(bytes, some);
        IndexRecord.Cursor second = new IndexRecord.Cursor(bytes, other);
        int firstLength = (int) first.number();
        int secondLength = (int) second.number();
        return Arrays.compareUnsigned(
                arena.bytes,
                first.at(),
                first.at() + firstLength,
                arena.bytes,
                second.at(),
                second.at() + secondLength);
    }

    private void merge(Receiver receiver) throws IOException {
        PriorityQueue<Run> runs =
                new PriorityQueue<>(Comparator.<Run, byte[]>comparing(run -> run.name, Arrays::compareUnsigned)
                        .thenComparing(run -> run.number));
        List<Run> opened = new ArrayList<>();
        try {
            for (Path file : files) {
                Run run = new Run(file, opened.size());
                opened.add(run);
                if (run.advance()) {
                    runs.add(run);
                }
            }
            Run run = runs.poll();
            while (run != null) {
                Run next = runs.peek();
                if (next == null || !Arrays.equals(next.name, run.name)) {
                    receiver.take(run.record, 0, run.record.length, run.name);
                }
                if (run.advance()) {
                    runs.add(run);
                }
                run = runs.poll();
            }
        } finally {
            for (Run run : opened) {
                run.input.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static final class Run {
        private final DataInputStream input;
        private final int number;
        private byte[] record = new byte[0];
        private byte[] name = new byte[0];

        Run(Path file, int number) throws IOException {
            this.input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            this.number = number;
        }

        boolean advance() throws IOException {
            int length = input.readInt();
            if (length < 0) {
                return false;
            }
            record = new byte[length];
            input.readFully(record);
            name = IndexRecord.name(ByteBuffer.wrap(record), 0).rawBytes();
            return true;
        }
    }
}
