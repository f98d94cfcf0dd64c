package org.jbuildah.engine.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The users and groups of an image; malformed lines are skipped. */
public record Users(List<User> users, List<Group> groups) {
    public record User(String name, int uid, int gid, String home) {}

    public record Group(String name, int gid, List<String> members) {}

    public Users {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /**
     * Parses the text of both files.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
     */
    public static Users parse(String passwd, String group) {
        List<User> users = new ArrayList<>();
        for (String[] fields : lines(passwd, 4)) {
            int uid = id(fields[2]);
            int gid = id(fields[3]);
            if (uid >= 0 && gid >= 0) {
                users.add(new User(fields[0], uid, gid, fields.length > 5 ? fields[5] : ""));
            }
        }
        List<Group> groups = new ArrayList<>();
        for (String[] fields : lines(group, 3)) {
            int gid = id(fields[2]);
            if (gid >= 0) {
                groups.add(new Group(fields[0], gid, fields.length > 3 ? members(fields[3]) : List.of()));
            }
        }
        return new Users(users, groups);
    }

    private static List<String[]> lines(String text, int fewest) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= fewest && !fields[0].isBlank())
                .toList();
    }

    private static List<String> members(String field) {
        return Arrays.stream(field.split(",", -1))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    /** -1 for what is no number, and for the ids past 2^31 that this program cannot give to a process. */
    private static int id(String field) {
        boolean digits =
                !field.isEmpty() && field.length() <= 10 && field.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(field) : -1;
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    public Optional<User> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    public Optional<User> user(int uid) {
        return users.stream().filter(user -> user.uid() == uid).findFirst();
    }

    public Optional<Group> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }
}
