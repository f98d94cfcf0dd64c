package org.jbuildah.engine.api;

/**
 * Some lines of a text, counted from 1, both ends included.
 */
public record SourceSpan(SourceText text, int firstLine, int lastLine) {
    /** {@code name:line}, in the form that terminals and IDEs open. */
    public String place() {
        return text.name() + ":" + firstLine;
    }

    /** The lines of the span, marked with {@code >}, with one line of context on either side, each ended by a line feed. */
    public String excerpt() {
        int from = Math.max(1, firstLine - 1);
        int to = Math.min(text.lines().size(), lastLine + 1);
        int width = String.valueOf(to).length();
        StringBuilder lines = new StringBuilder();
        for (int line = from; line <= to; line++) {
            boolean inside = line >= firstLine && line <= lastLine;
            lines.append(inside ? "  > " : "    ")
                    .append(String.format("%" + width + "d", line))
                    .append(" | ")
                    .append(text.lines().get(line - 1))
                    .append('\n');
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return place();
    }
}
