package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.util.List;

/** A git command that ended with an error; its message is what git said. */
final class GitFailed extends IOException {
    private static final long serialVersionUID = 1L;

    GitFailed(String said) {
        super(said);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    boolean says(String words) {
        return getMessage().contains(words);
    }

    /** The line that tells what was wrong, without full stop. */
    String lastWords() {
        List<String> lines = getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String line = lines.stream()
                .filter(each -> each.startsWith("fatal: ") || each.startsWith("ERROR: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "git failed without a word" : lines.get(lines.size() - 1));
        return line.replaceFirst("^(fatal|error|ERROR): ", "").replaceFirst("\\.+$", "");
    }
}
