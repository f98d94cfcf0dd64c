package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;
import org.jspecify.annotations.Nullable;

/** Turns the calling thread from the worker into the step's user. There is no way back. */
final class Privileges {
    private Privileges() {}

    /**
     * @param seccompFilter null where a container's own lies over this process, and CAP_SYS_ADMIN, by which one more could be had, is
     *     missing
     * @param ids lets the process believe that it is another user; null where it can be
     * @param kept of root; bit n is capability n
     */
    static void drop(
            Linux linux, Credentials user, @Nullable EmulatedIds ids, byte @Nullable [] seccompFilter, long kept)
            throws LinuxException {
        // while CAP_SYS_ADMIN is held: without it the filter would need no_new_privs, and sudo would not work in a step
        if (seccompFilter != null) {
            linux.seccompSetFilter(seccompFilter);
        }
        for (int capability = 0; capability < Capabilities.COUNT; capability++) {
            if ((kept >>> capability & 1) == 0) {
                linux.dropFromBoundingSet(capability);
            }
        }
        if (ids == null) {
            setgroups(linux, user.supplementaryGids());
            linux.setresgid(user.gid());
            linux.setresuid(user.uid()); // from root to another user the kernel clears the capabilities itself
        } else {
            ids.attach();
        }
        if (user.uid() == 0) {
            linux.capset(kept);
        }
    }

    private static void setgroups(Linux linux, List<Integer> wanted) throws LinuxException {
        int[] gids = new int[wanted.size()];
        for (int i = 0; i < gids.length; i++) {
            gids[i] = wanted.get(i);
        }
        try {
            linux.setgroups(gids);
        } catch (LinuxException e) {
            // where only one id is mapped the kernel denies the call; then there are no other groups to leave
            if (e.errno() != Errno.EPERM || gids.length > 0) {
                throw e;
            }
        }
    }
}
