package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.rootfs.Credentials;

/**
 * Who a process believes to be.
 *
 * @param supplementary in ascending order, as the kernel keeps and tells them, whatever order setgroups(2) had; gids are unsigned
 * @param keeps whether what root may do with groups stays when it becomes another, by PR_SET_KEEPCAPS; execve(2) does not end it, as it
 *     would
 */
record Identity(Ids users, Ids groups, List<Integer> supplementary, boolean keeps) {
    Identity {
        supplementary = supplementary.stream().sorted(Integer::compareUnsigned).toList();
    }

    static Identity of(Credentials credentials) {
        return new Identity(
                Ids.all(credentials.uid()), Ids.all(credentials.gid()), credentials.supplementaryGids(), false);
    }

    boolean root() {
        return users.effective() == 0;
    }

    /** As far as it depends on the user. */
    boolean mayChangeGroups() {
        return root() || keeps;
    }

    boolean memberOf(int gid) {
        return groups.fileSystem() == gid || supplementary.contains(gid);
    }

    Identity withUsers(Ids others) {
        return new Identity(others, groups, supplementary, keeps);
    }

    Identity withGroups(Ids others) {
        return new Identity(users, others, supplementary, keeps);
    }

    Identity withSupplementary(List<Integer> others) {
        return new Identity(users, groups, others, keeps);
    }

    /** Only root has something to keep. */
    Identity keeping(boolean wanted) {
        return new Identity(users, groups, supplementary, wanted && mayChangeGroups());
    }
}
