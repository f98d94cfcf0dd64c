package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jbuildah.engine.rootfs.OutputSink;

/**
 * Hands a process's output on and remembers its end, for the letter that tells of its failure. Bounded: the last lines of both streams,
 * in the order in which they were read, each cut where it gets too long. Of a line that was overwritten, as progress bars do, the last
 * state is kept.
 */
final class OutputTail implements OutputSink {
    static final int MOST_LINES = 20;
    static final int LONGEST_LINE = 500;

    private final OutputSink sink;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Line out = new Line();
    private final Line err = new Line();

    OutputTail(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public void output(boolean standardError, byte[] bytes) throws IOException {
        sink.output(standardError, bytes);
        Line line = standardError ? err : out;
        for (byte value : bytes) {
            line.add(value);
        }
    }

    /** The last lines, unfinished ones too. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        out.rest(all);
        err.rest(all);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_LINES), all.size()));
    }

    private void keep(String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The line that a stream is in the middle of. */
    private final class Line {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean cut;
        private boolean returned;

        void add(byte value) {
            if (value == '\n') {
                keep(text());
                clear();
            } else if (value == '\r') {
                returned = true; // overwritten only if something follows
            } else {
                if (returned) {
                    clear();
                }
                if (bytes.size() < LONGEST_LINE) {
                    bytes.write(value);
                } else {
                    cut = true;
                }
            }
        }

        private void clear() {
            bytes.reset();
            cut = false;
            returned = false;
        }

        private String text() {
            return bytes.toString(UTF_8).replaceAll("\\p{Cntrl}(\\[[0-9;?]*[A-Za-z])?", "") + (cut ? "…" : "");
        }

        void rest(List<String> all) {
            if (bytes.size() > 0) {
                all.add(text());
            }
        }
    }
}
