package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Parts the flags of an instruction ({@code --name=value …}) from the arguments behind them. */
final class FlagSplitter {
    /** @param flags with their dashes, quotes and escapes removed; {@code rest} is as written */
    record Split(List<String> flags, String rest) {}

    private final String line;
    private int position;

    private FlagSplitter(String line) {
        this.line = line;
    }

    static Split split(String line) {
        return new FlagSplitter(line).run();
    }

    private Split run() {
        List<String> flags = new ArrayList<>();
        while (true) {
            while (position < line.length() && Blank.is(line.charAt(position))) {
                position++;
            }
            if (!line.startsWith("--", position)) {
                return new Split(List.copyOf(flags), Blank.trim(line.substring(position)));
            }
            String flag = word();
            if (flag.equals("--")) { // the end of the flags, as for commands
                return new Split(List.copyOf(flags), Blank.trim(line.substring(position)));
            }
            flags.add(flag);
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        while (position < line.length()) {
            char character = line.charAt(position);
            if (quote == 0 && Blank.is(character)) {
                break;
            }
            position++;
            if (quote == 0 ? character == '"' || character == '\'' : character == quote) {
                quote = quote == 0 ? character : 0;
            } else if (character != '\\') { // a backslash always, whatever the escape directive says
                word.append(character);
            } else if (position < line.length()) {
                word.append(line.charAt(position++));
            }
        }
        return word.toString();
    }
}
