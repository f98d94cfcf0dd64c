package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Optional;

/** One walk of the word lexer over one text. */
final class WordScan {
    private static final int END = -1;
    private static final int DEEPEST = 100;

    /** What of the text comes out as it went in. */
    enum Keeping {
        NOTHING,
        /** Quotes mean nothing: they are characters like any other. */
        QUOTES_AS_TEXT,
        /** Variables that are not set. */
        UNSET,
        /** Variables that are not set, and the marks of quotes, which still hold a word together. */
        UNSET_AND_QUOTES,
        /** As before, and escape characters. */
        UNSET_QUOTES_AND_ESCAPES
    }

    /** @param text all of it; {@code words} the same, parted at unquoted blanks */
    record Result(String text, List<String> words) {}

    private final String source;
    private final int[] characters;
    private final char escape;
    private final Variables variables;
    private final Keeping keeping;
    private int position;
    private boolean keepEscapes;
    private int depth;

    WordScan(String source, char escape, Variables variables, Keeping keeping) {
        this.source = source;
        this.characters = source.codePoints().toArray();
        this.escape = escape;
        this.variables = variables;
        this.keeping = keeping;
        this.keepEscapes = keeping == Keeping.UNSET_QUOTES_AND_ESCAPES;
    }

    Result run() {
        return upTo(END, keepEscapes);
    }

    private int peek() {
        return position < characters.length ? characters[position] : END;
    }

    private int next() {
        return position < characters.length ? characters[position++] : END;
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("\"" + source + "\" cannot be expanded: " + why + ".");
    }

    private boolean keepsUnset() {
        return keeping.compareTo(Keeping.UNSET) >= 0;
    }

    private boolean keepsQuotes() {
        return keeping.compareTo(Keeping.UNSET_AND_QUOTES) >= 0;
    }

    /** Reads on to an unquoted {@code stop}, which is consumed, or to the end. */
    private Result upTo(int stop, boolean keepingEscapes) {
        depth++;
        if (depth > DEEPEST) {
            throw bad("its braces are nested more than " + DEEPEST + " deep");
        }
        boolean before = keepEscapes;
        keepEscapes = keepingEscapes;
        StringBuilder text = new StringBuilder();
        Words words = new Words();
        while (true) {
            int character = peek();
            if (character == stop) {
                next();
                keepEscapes = before;
                depth--;
                return new Result(text.toString(), words.finish());
            }
            if (character == END) {
                throw bad("\"" + Character.toString(stop) + "\" is missing");
            }
            step(text, words);
        }
    }

    private void step(StringBuilder text, Words words) {
        int character = next();
        boolean quotesCount = keeping != Keeping.QUOTES_AS_TEXT;
        if (character == '$') {
            String value = dollar();
            text.append(value);
            words.addEach(value);
        } else if (character == '\'' && quotesCount) {
            appendWhole(singleQuoted(), text, words);
        } else if (character == '"' && quotesCount) {
            appendWhole(doubleQuoted(), text, words);
        } else if (character == '<' && keepsQuotes()) {
            appendWhole(possibleHeredoc(), text, words);
        } else if (character == escape) {
            escaped(text, words);
        } else {
            text.appendCodePoint(character);
            words.add(character);
        }
    }

    private static void appendWhole(String value, StringBuilder text, Words words) {
        text.append(value);
        words.addWhole(value);
    }

    private void escaped(StringBuilder text, Words words) {
        if (keepEscapes) {
            text.append(escape);
            words.addWhole(escape);
        }
        int character = next();
        if (character != END) {
            text.appendCodePoint(character);
            words.addWhole(character);
        }
    }

    /** {@code << WORD} is one word, so that here-documents with a blank before their delimiter are found. */
    private String possibleHeredoc() {
        if (peek() != '<') {
            return "<";
        }
        next();
        StringBuilder mark = new StringBuilder("<<");
        while (peek() != END && Blank.is(peek())) {
            mark.appendCodePoint(next());
        }
        return mark.toString();
    }

    private String singleQuoted() {
        StringBuilder text = new StringBuilder();
        mark('\'', text);
        while (true) {
            int character = next();
            if (character == END) {
                throw new UnclosedQuote(source, '\'', escape);
            }
            if (character == '\'') {
                mark('\'', text);
                return text.toString();
            }
            text.appendCodePoint(character);
        }
    }

    private String doubleQuoted() {
        StringBuilder text = new StringBuilder();
        mark('"', text);
        while (true) {
            int character = next();
            if (character == END) {
                throw new UnclosedQuote(source, '"', escape);
            }
            if (character == '"') {
                mark('"', text);
                return text.toString();
            }
            if (character == '$') {
                text.append(dollar());
            } else if (character == escape) {
                escapedInQuotes(text);
            } else {
                text.appendCodePoint(character);
            }
        }
    }

    /** Within double quotes the escape character protects the quote, the dollar and itself; elsewhere it is text. */
    private void escapedInQuotes(StringBuilder text) {
        if (keepEscapes) {
            text.append(escape);
        }
        int character = peek();
        if (character == '"' || character == '$' || character == escape) {
            text.appendCodePoint(next());
        } else if (character != END) {
            text.append(escape);
        }
    }

    private void mark(char quote, StringBuilder text) {
        if (keepsQuotes()) {
            text.append(quote);
        }
    }

    private String dollar() {
        if (peek() != '{') {
            String name = name();
            if (name.isEmpty()) {
                return "$";
            }
            return variables.value(name).orElse(keepsUnset() ? "$" + name : "");
        }
        next();
        if (peek() == END) {
            throw bad("\"}\" is missing");
        }
        if (peek() == '{' || peek() == '}' || peek() == ':') {
            throw bad("a name is missing after \"${\"");
        }
        return braces(name());
    }

    private String braces(String name) {
        int modifier = next();
        return switch (modifier) {
            case '}' -> variables.value(name).orElse(keepsUnset() ? "${" + name + "}" : "");
            case ':' -> modified(name, next(), true);
            case '/' -> replaced(name);
            default -> modified(name, modifier, false);
        };
    }

    private String modified(String name, int modifier, boolean emptyIsUnset) {
        if (modifier == END) {
            throw bad("\"}\" is missing");
        }
        if ("+-?#%".indexOf(modifier) < 0) {
            throw bad("\"" + (emptyIsUnset ? ":" : "") + Character.toString(modifier)
                    + "\" is not a modifier; there are - :- + :+ ? :? # ## % %% / //");
        }
        String word = upTo('}', modifier == '#' || modifier == '%').text();
        Optional<String> value = variables.value(name);
        if (keepsUnset() && value.isEmpty()) {
            return "${" + name + (emptyIsUnset ? ":" : "") + Character.toString(modifier) + word + "}";
        }
        Optional<String> counted = value.filter(text -> !(emptyIsUnset && text.isEmpty()));
        return switch (modifier) {
            case '-' -> counted.orElse(word);
            case '+' -> counted.isPresent() ? word : "";
            case '?' -> counted.orElseThrow(() -> refused(name, value.isPresent(), word));
            case '#' -> pattern(word, '#').withoutPrefix(value.orElse(""));
            default -> pattern(word, '%').withoutSuffix(value.orElse(""));
        };
    }

    private IllegalArgumentException refused(String name, boolean set, String message) {
        String why = message.isEmpty() ? (set ? "is not allowed to be empty" : "is not allowed to be unset") : message;
        return bad(name + ": " + why);
    }

    /** A doubled modifier asks for the longest match. */
    private ShellPattern pattern(String word, char modifier) {
        boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
        return shellPattern(longest ? word.substring(1) : word, longest);
    }

    private ShellPattern shellPattern(String pattern, boolean longest) {
        try {
            return new ShellPattern(pattern, longest);
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private String replaced(String name) {
        boolean all = peek() == '/';
        if (all) {
            next();
        }
        String pattern = upTo('/', true).text();
        String replacement = upTo('}', true).text();
        Optional<String> value = variables.value(name);
        if (keepsUnset() && value.isEmpty()) {
            return "${" + name + "/" + pattern + "/" + replacement + "}";
        }
        ShellPattern shell = shellPattern(pattern, true);
        return all
                ? shell.replaceAll(value.orElse(""), replacement)
                : shell.replaceFirst(value.orElse(""), replacement);
    }

    /** Letters, digits and underscores; digits alone, or one special parameter of the shell; empty where none stands here. */
    private String name() {
        int start = position;
        if (peek() != END && Character.isDigit(peek())) {
            while (peek() != END && Character.isDigit(peek())) {
                next();
            }
        } else if (peek() != END && "@*#?-$!".indexOf(peek()) >= 0) {
            next();
        } else {
            while (peek() != END && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
                next();
            }
        }
        return new String(characters, start, position - start);
    }
}
