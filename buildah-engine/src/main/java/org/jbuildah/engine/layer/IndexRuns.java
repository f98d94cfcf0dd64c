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
    private int[] names = new int[1024];
    private int[] nameEnds = new int[1024];
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
            names = Arrays.copyOf(names, 2 * count);
            nameEnds = Arrays.copyOf(nameEnds, 2 * count);
        }
        starts[count] = arena.length;
        IndexRecord.encode(entry, contentOffset, arena);
        IndexRecord.Cursor cursor = new IndexRecord.Cursor(ByteBuffer.wrap(arena.bytes), starts[count]);
        int length = (int) cursor.number();
        names[count] = cursor.at();
        nameEnds[count] = cursor.at() + length;
        count++;
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
        Files.createDirectories(scratch);
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
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        Arrays.sort(order, this::compareNames); // stable: of equal names the last stays last
        for (int i = 0; i < count; i++) {
            int record = order[i];
            if (i + 1 == count || compareNames(record, order[i + 1]) != 0) {
                int to = record + 1 < count ? starts[record + 1] : arena.length;
                byte[] name = Arrays.copyOfRange(arena.bytes, names[record], nameEnds[record]);
                receiver.take(arena.bytes, starts[record], to, name);
            }
        }
    }

    private int compareNames(int some, int other) {
        return Arrays.compareUnsigned(
                arena.bytes, names[some], nameEnds[some], arena.bytes, names[other], nameEnds[other]);
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
