package org.jbuildah.engine.build;

import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code --chmod}: an octal mode, or symbolic changes as chmod(1) takes them.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy---chown---chmod">Dockerfile reference: COPY --chmod</a>
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/chmod.html">POSIX: chmod, "Extended Description"</a>
 */
interface FileMode {
    /**
     * The mode that a file gets.
     *
     * @param mode what it has, {@code 07777} at most
     */
    int applied(int mode, boolean directory);

    Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)");
    Pattern ACTION = Pattern.compile("([-+=])([rwxXst]*|[ugo])");

    /** Reads a mode; empty if it is none. */
    static Optional<FileMode> parse(String text) {
        if (text.matches("[0-7]+")) {
            int mode = text.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(text, 8);
            return mode > 07777 ? Optional.empty() : Optional.of((before, directory) -> mode);
        }
        FileMode all = (before, directory) -> before;
        for (String clause : text.split(",", -1)) {
            Matcher matcher = CLAUSE.matcher(clause);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            FileMode former = all;
            FileMode change = clause(matcher.group(1), matcher.group(2));
            all = (before, directory) -> change.applied(former.applied(before, directory), directory);
        }
        return Optional.of(all);
    }

    private static FileMode clause(String who, String actions) {
        boolean everyone = who.isEmpty() || who.contains("a");
        IntPredicate concerned = c -> everyone || who.indexOf(c) >= 0;
        return (before, directory) -> {
            int mode = before;
            Matcher action = ACTION.matcher(actions);
            while (action.find()) {
                int bits = bits(action.group(2), mode, directory, concerned);
                int mask = mask(concerned);
                mode = switch (action.group(1)) {
                    case "+" -> mode | bits;
                    case "-" -> mode & ~bits;
                    default -> (mode & ~mask) | bits;
                };
            }
            return mode;
        };
    }

    private static int mask(IntPredicate concerned) {
        return (concerned.test('u') ? 04700 : 0)
                | (concerned.test('g') ? 02070 : 0)
                | (concerned.test('o') ? 01007 : 0);
    }

    private static int bits(String permissions, int mode, boolean directory, IntPredicate concerned) {
        int triple = 0;
        int special = 0;
        for (int i = 0; i < permissions.length(); i++) {
            switch (permissions.charAt(i)) {
                case 'r' -> triple |= 4;
                case 'w' -> triple |= 2;
                case 'x' -> triple |= 1;
                case 'X' -> triple |= directory || (mode & 0111) != 0 ? 1 : 0;
                case 's' -> special |= (concerned.test('u') ? 04000 : 0) | (concerned.test('g') ? 02000 : 0);
                case 't' -> special |= 01000;
                case 'u' -> triple |= mode >> 6 & 7;
                case 'g' -> triple |= mode >> 3 & 7;
                default -> triple |= mode & 7;
            }
        }
        return special
                | (concerned.test('u') ? triple << 6 : 0)
                | (concerned.test('g') ? triple << 3 : 0)
                | (concerned.test('o') ? triple : 0);
    }
}
