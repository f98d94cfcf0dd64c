package org.jbuildah.engine.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A map from 32-bit numbers to blocks, compiled to a binary search: seven comparisons instead of three hundred, and no jump that is
 * too far.
 */
final class SearchTree {
    private static final long LAST = 0xffffffffL;

    private final List<BpfInstruction> otherwise;
    private final TreeMap<Long, List<BpfInstruction>> blocks = new TreeMap<>();

    /** @param otherwise for all numbers that are not {@link #put} */
    SearchTree(List<BpfInstruction> otherwise) {
        this.otherwise = otherwise;
    }

    void put(int number, List<BpfInstruction> block) {
        blocks.put(Integer.toUnsignedLong(number), block);
    }

    /** Expects the number in the accumulator. */
    List<BpfInstruction> compile() {
        List<Span> spans = spans();
        return compile(spans, 0, spans.size());
    }

    private record Span(long from, List<BpfInstruction> block) {}

    /** The number line from 0 up, cut where the block changes. */
    private List<Span> spans() {
        List<Span> spans = new ArrayList<>(List.of(new Span(0, otherwise)));
        long end = 0;
        for (Map.Entry<Long, List<BpfInstruction>> entry : blocks.entrySet()) {
            if (entry.getKey() > end) {
                add(spans, end, otherwise);
            }
            add(spans, entry.getKey(), entry.getValue());
            end = entry.getKey() + 1;
        }
        if (end <= LAST) {
            add(spans, end, otherwise);
        }
        return spans;
    }

    private static void add(List<Span> spans, long from, List<BpfInstruction> block) {
        int last = spans.size() - 1;
        if (spans.get(last).from == from) {
            spans.remove(last);
            last--;
        }
        if (last < 0 || !spans.get(last).block.equals(block)) {
            spans.add(new Span(from, block));
        }
    }

    private static List<BpfInstruction> compile(List<Span> spans, int from, int to) {
        if (to - from == 1) {
            return spans.get(from).block;
        }
        int middle = (from + to) / 2;
        return BpfInstruction.choose(
                BpfInstruction.JUMP_IF_AT_LEAST,
                (int) spans.get(middle).from,
                compile(spans, middle, to),
                compile(spans, from, middle));
    }
}
