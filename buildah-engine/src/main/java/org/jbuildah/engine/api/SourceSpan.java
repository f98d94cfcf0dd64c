package org.jbuildah.engine.api;

/**
 * Some lines of a text, counted from 1, both ends included.
 */
public record SourceSpan(SourceText text, int firstLine, int lastLine) {
    /** {@code name:line}, in the form that terminals and IDEs open. */
    public String place() {
        return file() + ":" + firstLineInFile();
    }

    /** The file that the span begins in, as the user would find it. */
    public String file() {
        return text.partAt(firstLine).name();
    }

    public int firstLineInFile() {
        return firstLine - text.partAt(firstLine).linesBefore();
    }

    public int lastLineInFile() {
        return lastLine - text.partAt(firstLine).linesBefore();
    }

    /** The lines of the span, marked with {@code >}, with one line of context on either side, each ended by a line feed. */
    public String excerpt() {
        SourceText.Part file = text.partAt(firstLine);
        int before = file.linesBefore();
        int from = Math.max(before + 1, firstLine - 1);
        int to = Math.min(text.lines().size(), lastLine + 1);
        if (!text.partAt(to).equals(file)) {
            to = lastLine;
        }
        int width = String.valueOf(to - before).length();
        StringBuilder lines = new StringBuilder();
        for (int line = from; line <= to; line++) {
            boolean inside = line >= firstLine && line <= lastLine;
            lines.append(inside ? "  > " : "    ")
                    .append(String.format("%" + width + "d", line - before))
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
