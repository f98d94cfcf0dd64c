package org.jbuildah.engine.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction before its meaning: keyword, flags and arguments, as the grammar of its keyword parts them.
 *
 * @param keyword as written
 * @param json true if the arguments were a JSON array
 * @param arguments of ENV and LABEL in threes: name, value, and what stood between ({@code =} or nothing)
 * @param rest what follows keyword and flags
 * @param trigger the instruction within an ONBUILD
 * @param heredocs contents as written
 * @param text the line, continuations joined, without here-documents
 */
record Node(
        String keyword,
        List<String> flags,
        boolean json,
        List<String> arguments,
        String rest,
        @Nullable Node trigger,
        List<Heredoc> heredocs,
        String text,
        int firstLine,
        int lastLine) {
    Node {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        heredocs = List.copyOf(heredocs);
    }

    boolean canHoldHeredocs() {
        if (trigger != null && Keyword.ONBUILD.names(keyword)) {
            return trigger.canHoldHeredocs();
        }
        return !json && Keyword.of(keyword).filter(Keyword::holdsHeredocs).isPresent();
    }

    Node withHeredocs(List<Heredoc> all, int last) {
        return new Node(keyword, flags, json, arguments, rest, trigger, all, text, firstLine, last);
    }
}
