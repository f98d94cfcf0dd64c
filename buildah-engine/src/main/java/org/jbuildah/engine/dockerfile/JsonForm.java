package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/**
 * The JSON form of arguments: an array of strings. What is no JSON array at all is another form, not an error, so this reads as
 * strictly as the specification does; a lenient reader would take shell commands for arrays.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonForm {
    private static final int DEEPEST = 200;

    private final String text;
    private int position;
    private boolean onlyStrings = true;

    private JsonForm(String text) {
        this.text = text;
    }

    /**
     * The strings of an array; empty for what is not a JSON array.
     *
     * @throws DockerfileInvalid for a well-formed array that holds something else than strings
     */
    static Optional<List<String>> read(String text) {
        JsonForm form = new JsonForm(Blank.trimLeft(text));
        List<String> strings;
        try {
            strings = form.array(0);
            form.blanks();
            if (form.position < form.text.length()) {
                return Optional.empty();
            }
        } catch (NotJson e) {
            return Optional.empty();
        }
        if (!form.onlyStrings) {
            throw new DockerfileInvalid(
                    FailureCode.DOCKERFILE_SYNTAX,
                    "The JSON array " + form.text + " holds something else than strings.",
                    "Put every element in double quotes.");
        }
        return Optional.of(strings);
    }

    private static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super("not JSON", null, false, false);
        }
    }

    /** The strings that stand directly in an array. */
    private List<String> array(int depth) throws NotJson {
        expect('[');
        List<String> strings = new ArrayList<>();
        blanks();
        if (peek() == ']') {
            position++;
            return strings;
        }
        do {
            blanks();
            if (peek() == '"') {
                strings.add(string());
            } else {
                onlyStrings = false;
                value(depth);
            }
            blanks();
        } while (take(','));
        expect(']');
        return strings;
    }

    private void value(int depth) throws NotJson {
        if (depth > DEEPEST) {
            throw new NotJson();
        }
        switch (peek()) {
            case '[' -> array(depth + 1);
            case '{' -> object(depth + 1);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void object(int depth) throws NotJson {
        expect('{');
        blanks();
        if (take('}')) {
            return;
        }
        do {
            blanks();
            string();
            blanks();
            expect(':');
            blanks();
            value(depth);
            blanks();
        } while (take(','));
        expect('}');
    }

    private void literal(String word) throws NotJson {
        if (!text.startsWith(word, position)) {
            throw new NotJson();
        }
        position += word.length();
    }

    private void number() throws NotJson {
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
    }

    private void digits() throws NotJson {
        int start = position;
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
        if (position == start) {
            throw new NotJson();
        }
    }

    private String string() throws NotJson {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            int character = peek();
            if (character < ' ') { // the end, too
                throw new NotJson();
            }
            position++;
            if (character == '"') {
                return value.toString();
            }
            value.append((char) (character == '\\' ? escaped() : character));
        }
    }

    private int escaped() throws NotJson {
        int character = peek();
        position++;
        return switch (character) {
            case '"', '\\', '/' -> character;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw new NotJson();
        };
    }

    private int hexadecimal() throws NotJson {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
            if (digit < 0 || text.charAt(position) > 'f') {
                throw new NotJson();
            }
            value = value * 16 + digit;
            position++;
        }
        return value;
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            position++;
        }
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private boolean take(char expected) {
        boolean there = peek() == expected;
        if (there) {
            position++;
        }
        return there;
    }

    private void expect(char expected) throws NotJson {
        if (!take(expected)) {
            throw new NotJson();
        }
    }
}
