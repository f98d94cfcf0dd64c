package org.jbuildah.engine.host;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose Linux it is, as {@code /etc/os-release} says.
 *
 * @param id such as {@code ubuntu}; empty where nothing says it
 * @param like the distributions that it takes after
 * @param name for people, such as {@code Ubuntu 24.04.1 LTS}
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/os-release.html">os-release(5)</a>
 */
public record Distribution(String id, List<String> like, String name) {
    public Distribution {
        like = List.copyOf(like);
    }

    static Distribution parse(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                fields.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        return new Distribution(
                fields.getOrDefault("ID", ""),
                Arrays.stream(fields.getOrDefault("ID_LIKE", "").split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                fields.getOrDefault("PRETTY_NAME", fields.getOrDefault("NAME", "")));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private boolean isOrTakesAfter(String family) {
        return id.equals(family) || like.contains(family);
    }

    /** The command that installs a package here, by its names in the three families; all three where the family is not known. */
    String install(String debian, String fedora, String alpine) {
        if (isOrTakesAfter("debian") || isOrTakesAfter("ubuntu")) {
            return "sudo apt-get install " + debian;
        }
        if (isOrTakesAfter("fedora") || isOrTakesAfter("rhel") || isOrTakesAfter("centos")) {
            return "sudo dnf install " + fedora;
        }
        if (isOrTakesAfter("alpine")) {
            return "sudo apk add " + alpine;
        }
        return "Install the package " + debian + " (Debian, Ubuntu), " + fedora + " (Fedora, RHEL) or " + alpine
                + " (Alpine).";
    }
}
