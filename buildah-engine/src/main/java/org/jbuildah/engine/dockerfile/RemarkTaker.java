package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects {@link Remarks} while lines go by. */
final class RemarkTaker {
    private final Map<Integer, List<String>> comments = new HashMap<>();
    private final List<Remarks.Gap> gaps = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();

    /** @param line with its mark, and no blanks before it */
    void comment(String line) {
        String text = Blank.trim(line.substring(1));
        if (text.isEmpty()) {
            pending.clear();
        } else {
            pending.add(text);
        }
    }

    void blankLine() {
        pending.clear();
    }

    /** @param emptyLine the first empty line in it; 0 for none */
    void instruction(int firstLine, int emptyLine, int lastLine) {
        if (!pending.isEmpty()) {
            comments.put(firstLine, List.copyOf(pending));
            pending.clear();
        }
        if (emptyLine > 0) {
            gaps.add(new Remarks.Gap(emptyLine, lastLine));
        }
    }

    Remarks taken() {
        return new Remarks(comments, gaps);
    }
}
