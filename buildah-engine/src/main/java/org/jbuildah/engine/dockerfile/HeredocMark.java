package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.dockerfile.WordScan.Keeping;

/** Finds the marks ({@code <<EOF}, {@code 3<<-"EOF"}) that here-documents are announced by. */
final class HeredocMark {
    private static final Pattern MARK = Pattern.compile("^(\\d*)<<(-?)\\s*([^<]*)$", Pattern.DOTALL);
    private static final Variables NONE = name -> Optional.empty();

    private HeredocMark() {}

    /** The here-documents that a line announces, in order, without content. A line that cannot be lexed announces none. */
    static List<Heredoc> allOf(String line) {
        List<String> words;
        try {
            words = new WordScan(line, '\\', NONE, Keeping.UNSET_QUOTES_AND_ESCAPES)
                    .run()
                    .words();
        } catch (IllegalArgumentException e) {
            return List.of(); // the shell may well understand what the lexer does not
        }
        return words.stream().flatMap(word -> of(word).stream()).toList();
    }

    /** What one word announces. */
    static Optional<Heredoc> of(String word) {
        Matcher mark = MARK.matcher(word);
        if (!mark.matches() || mark.group(3).isEmpty()) {
            return Optional.empty();
        }
        String delimiter = mark.group(3);
        List<String> plain;
        List<String> quoted;
        try {
            plain = new WordScan(delimiter, '\\', NONE, Keeping.UNSET).run().words();
            quoted = new WordScan(delimiter, '\\', NONE, Keeping.UNSET_AND_QUOTES)
                    .run()
                    .words();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (plain.size() != 1 || quoted.size() != 1) {
            return Optional.empty();
        }
        boolean expand = quotes(plain.get(0)) == quotes(quoted.get(0));
        return Optional.of(new Heredoc(
                plain.get(0),
                fileDescriptor(mark.group(1)),
                expand,
                mark.group(2).equals("-"),
                ""));
    }

    private static int fileDescriptor(String digits) {
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    private static long quotes(String word) {
        return word.chars().filter(c -> c == '\'' || c == '"').count();
    }
}
