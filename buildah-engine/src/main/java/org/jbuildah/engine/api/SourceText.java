package org.jbuildah.engine.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text of the user's that failures and warnings point into.
 *
 * @param name as the user would find it: a path, or {@link #STANDARD_INPUT}
 * @param lines without their line feeds; a carriage return before one stays, since here-documents keep it
 * @param parts what it was joined from, in this order; none for a text that is one file
 */
public record SourceText(String name, List<String> lines, List<Part> parts) {
    /** The name of what comes by standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public SourceText {
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }

    /** A text that is one file. */
    public SourceText(String name, List<String> lines) {
        this(name, lines, List.of());
    }

    /**
     * A file of a joined text.
     *
     * @param linesBefore how many lines of other files come first
     */
    public record Part(String name, int linesBefore) {}

    /** The lines of a text; a line feed at its end ends the last line and begins no other. */
    public static SourceText of(String name, String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return new SourceText(name, lines);
    }

    /** A Dockerfile at the beginning of a sentence. */
    public static String dockerfileNamed(String name) {
        return name.equals(STANDARD_INPUT) ? "The Dockerfile on standard input" : "The Dockerfile \"" + name + "\"";
    }

    /** Files one after another; what points into the text points into the file. */
    public static SourceText joined(List<SourceText> files) {
        if (files.size() == 1) {
            return files.get(0);
        }
        List<String> lines = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (SourceText file : files) {
            parts.add(new Part(file.name(), lines.size()));
            for (String line : file.lines()) {
                boolean marked = line.startsWith(BYTE_ORDER_MARK) && parts.size() > 1;
                lines.add(marked ? line.substring(BYTE_ORDER_MARK.length()) : line);
            }
        }
        return new SourceText(files.stream().map(SourceText::name).collect(Collectors.joining(" and ")), lines, parts);
    }

    /** The file that a line, counted from 1, is in. */
    Part partAt(int line) {
        Part found = new Part(name, 0);
        for (Part part : parts) {
            if (part.linesBefore() < line) {
                found = part;
            }
        }
        return found;
    }
}
