package org.jbuildah.engine.build;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.tree.Users;

/** The owner of files that a step makes, resolved with the image's own users. */
record Owner(int uid, int gid) {
    static final Owner ROOT = new Owner(0, 0);

    /** Gives the image's users; asked only when a name has to be looked up. */
    interface UserSource {
        Users users() throws java.io.IOException;
    }

    /**
     * The owner that {@code user[:group]} means for files: a number stands for itself and, where no group is given, for the group
     * too; a name has the ids that the image's passwd and group files give it.
     *
     * @see <a href="https://docs.docker.com/reference/dockerfile/#copy---chown---chmod">Dockerfile reference: COPY --chown</a>
     */
    static Owner ofFiles(String spec, UserSource image) throws java.io.IOException {
        String user = userPart(spec);
        String group = groupPart(spec);
        int uid;
        int gid;
        if (isNumber(user)) {
            uid = number(user);
            gid = uid;
        } else if (user.equals("root") || user.isEmpty()) {
            uid = 0;
            gid = 0;
        } else {
            Users.User found = image.users().user(user).orElseThrow(() -> unknownUser(user));
            uid = found.uid();
            gid = found.gid();
        }
        return new Owner(uid, group.isEmpty() ? gid : groupId(group, image));
    }

    /**
     * The identity that {@code user[:group]} means for a process: the groups of a user are its own of passwd and, unless one is
     * given, those of the group file that list it.
     *
     * @see <a href="https://docs.docker.com/reference/dockerfile/#user">Dockerfile reference: USER</a>
     */
    static Credentials ofProcess(String spec, UserSource image) throws java.io.IOException {
        if (spec.isEmpty() || spec.equals("0:0")) {
            return supplemented("root", 0, 0, "", image);
        }
        String user = userPart(spec);
        String group = groupPart(spec);
        if (isNumber(user)) {
            int uid = number(user);
            return image.users()
                    .user(uid)
                    .map(known -> new Known(known.name(), uid, known.gid()))
                    .orElse(new Known("", uid, 0))
                    .credentials(group, image);
        }
        if (user.equals("root") && image.users().user("root").isEmpty()) {
            return new Known("root", 0, 0).credentials(group, image);
        }
        Users.User found = image.users().user(user).orElseThrow(() -> unknownUser(user));
        return new Known(found.name(), found.uid(), found.gid()).credentials(group, image);
    }

    private record Known(String name, int uid, int gid) {
        Credentials credentials(String group, UserSource image) throws java.io.IOException {
            return supplemented(name, uid, gid, group, image);
        }
    }

    private static Credentials supplemented(String name, int uid, int gid, String group, UserSource image)
            throws java.io.IOException {
        if (!group.isEmpty()) {
            int chosen = groupId(group, image);
            return new Credentials(uid, chosen, List.of(chosen));
        }
        List<Integer> others = image.users().groups().stream()
                .filter(known -> !name.isEmpty() && known.members().contains(name))
                .map(Users.Group::gid)
                .toList();
        return new Credentials(
                uid,
                gid,
                Stream.concat(Stream.of(gid), others.stream()).distinct().toList());
    }

    /**
     * The same identity in further groups.
     *
     * @param groups numbers, or names of the image
     */
    static Credentials inGroups(Credentials credentials, List<String> groups, UserSource image)
            throws java.io.IOException {
        Set<Integer> all = new LinkedHashSet<>(credentials.supplementaryGids());
        for (String group : groups) {
            all.add(groupId(group, image));
        }
        return new Credentials(credentials.uid(), credentials.gid(), List.copyOf(all));
    }

    private static int groupId(String group, UserSource image) throws java.io.IOException {
        if (isNumber(group)) {
            return number(group);
        }
        if (group.equals("root")) {
            return 0;
        }
        return image.users()
                .group(group)
                .orElseThrow(() -> new StepFailed(
                        FailureCode.USER_NOT_FOUND,
                        "The image has no group \"" + group + "\" in /etc/group.",
                        "Create it in an earlier RUN (groupadd, addgroup), or write its number."))
                .gid();
    }

    private static StepFailed unknownUser(String user) {
        return new StepFailed(
                FailureCode.USER_NOT_FOUND,
                "The image has no user \"" + user + "\" in /etc/passwd.",
                "Create it in an earlier RUN (useradd, adduser), or write its number.");
    }

    private static String userPart(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? spec : spec.substring(0, colon);
    }

    private static String groupPart(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? "" : spec.substring(colon + 1);
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
