package org.jbuildah.engine.linux;

import java.util.List;

/**
 * How ids inside a user namespace stand for ids outside.
 *
 * @param uids ranges for users
 * @param gids ranges for groups
 * @see <a href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces(7)</a>, "User and group ID mappings"
 */
public record IdMap(List<Range> uids, List<Range> gids) {
    /** {@code count} ids from {@code inside} on stand for those from {@code outside} on. */
    public record Range(long inside, long outside, long count) {}

    public IdMap {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /** True when only one user id exists inside: owners cannot be told apart on disk. */
    public boolean singleId() {
        return uids.stream().mapToLong(Range::count).sum() == 1;
    }
}
