package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one logical line: keyword, flags, arguments. An unknown keyword is kept, for a later and better complaint. */
final class NodeReader {
    private final char escape;
    private final boolean inTrigger; // where another ONBUILD is wrong, and not read any further

    NodeReader(char escape) {
        this(escape, false);
    }

    private NodeReader(char escape, boolean inTrigger) {
        this.escape = escape;
        this.inTrigger = inTrigger;
    }

    Node read(String line, int firstLine, int lastLine) {
        String text = Blank.trim(line);
        String[] parts = Blank.RUN.split(text, 2);
        FlagSplitter.Split behind = FlagSplitter.split(parts.length < 2 ? "" : parts[1]);
        Optional<Keyword> keyword = Keyword.of(parts[0]);
        Node trigger = null;
        Arguments arguments = new Arguments(List.of(), false);
        if (keyword.isPresent() && keyword.get().shape() == Keyword.Shape.INSTRUCTION) {
            trigger = inTrigger ? null : trigger(behind.rest(), firstLine, lastLine);
        } else if (keyword.isPresent()) {
            arguments = Arguments.read(keyword.get(), behind.rest(), escape);
        }
        return new Node(
                parts[0],
                behind.flags(),
                arguments.json(),
                arguments.values(),
                behind.rest(),
                trigger,
                List.of(),
                text,
                firstLine,
                lastLine);
    }

    private @Nullable Node trigger(String rest, int firstLine, int lastLine) {
        return rest.isEmpty() ? null : new NodeReader(escape, true).read(rest, firstLine, lastLine);
    }
}
