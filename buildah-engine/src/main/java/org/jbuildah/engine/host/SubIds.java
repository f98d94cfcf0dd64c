package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.linux.IdMap.Range;

/**
 * The ranges of subordinate ids that a user owns.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/subuid.5.html">subuid(5)</a>
 */
public record SubIds(List<Owned> uids, List<Owned> gids) {
    static final long ENOUGH = 65536;
    private static final Pattern LINE = Pattern.compile("([^:#]+):\\s*(\\d{1,10})\\s*:\\s*(\\d{1,10})");

    /** {@code count} ids from {@code start} on. */
    public record Owned(long start, long count) {}

    public SubIds {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /** Reads {@code /etc/subuid} or {@code /etc/subgid}: a line may name the user or give the number; several lines may be the user's. */
    static List<Owned> parse(String text, String user, int uid) {
        List<Owned> owned = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher fields = LINE.matcher(line.strip());
            // a line of another form is skipped by newuidmap as well
            if (fields.matches()
                    && (fields.group(1).equals(user) || fields.group(1).equals(Integer.toString(uid)))) {
                owned.add(new Owned(Long.parseLong(fields.group(2)), Long.parseLong(fields.group(3))));
            }
        }
        return owned;
    }

    /** Whether there are as many as an image may have, of both kinds. */
    boolean enough() {
        return count(uids) >= ENOUGH && count(gids) >= ENOUGH;
    }

    static long count(List<Owned> owned) {
        return owned.stream().mapToLong(Owned::count).sum();
    }

    /** The user's own id as root, then all owned ranges one after the other. */
    static List<Range> map(int own, List<Owned> owned) {
        List<Range> ranges = new ArrayList<>(List.of(new Range(0, own, 1)));
        long inside = 1;
        for (Owned range : owned) {
            ranges.add(new Range(inside, range.start(), range.count()));
            inside += range.count();
        }
        return ranges;
    }
}
