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
        if (lines.isEmpty()) {
            return "git failed without a word";
        }
        int told = lines.size() - 1;
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("fatal: ") || lines.get(i).startsWith("ERROR: ")) {
                told = i;
            }
        }
        boolean goesOn = lines.get(told).endsWith(":") && told + 1 < lines.size();
        String line = lines.get(told) + (goesOn ? " " + lines.get(told + 1) : "");
        return line.replaceFirst("^(fatal|error|ERROR): ", "").replaceFirst("\\.+$", "");
    }
}
