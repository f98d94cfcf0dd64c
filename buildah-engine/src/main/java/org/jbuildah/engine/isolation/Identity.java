package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.rootfs.Credentials;

/**
 * Who a process believes to be.
 *
 * @param supplementary in ascending order, as the kernel keeps and tells them, whatever order setgroups(2) had; gids are unsigned
 */
record Identity(Ids users, Ids groups, List<Integer> supplementary) {
    Identity {
        supplementary = supplementary.stream().sorted(Integer::compareUnsigned).toList();
    }

    static Identity of(Credentials credentials) {
        return new Identity(Ids.all(credentials.uid()), Ids.all(credentials.gid()), credentials.supplementaryGids());
    }

    boolean root() {
        return users.effective() == 0;
    }

    boolean memberOf(int gid) {
        return groups.fileSystem() == gid || supplementary.contains(gid);
    }

    Identity withUsers(Ids others) {
        return new Identity(others, groups, supplementary);
    }

    Identity withGroups(Ids others) {
        return new Identity(users, others, supplementary);
    }

    Identity withSupplementary(List<Integer> others) {
        return new Identity(users, groups, others);
    }
}
