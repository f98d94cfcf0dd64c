package org.jbuildah.engine.tree;

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

    /** Parses the text of both files. */
    public static Users parse(String passwd, String group) {
        throw new IllegalStateException("contract only");
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
