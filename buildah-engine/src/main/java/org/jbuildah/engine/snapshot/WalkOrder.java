package org.jbuildah.engine.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a directory's children and what is below them must be visited, so that whole names come out sorted by bytes:
 * {@code a}, {@code a-b}, {@code a/x}, {@code a0}.
 */
final class WalkOrder {
    private static final byte[] SLASH = {'/'};
    private static final byte[] MARKER = Names.utf8(".wh.");

    private WalkOrder() {}

    /** @param content what is below the child, not its own entry */
    @SuppressWarnings("ArrayRecordComponent") // a name is raw bytes; never compared as a record
    record Visit<T>(byte[] sortKey, T child, boolean content) {}

    interface Child {
        byte[] name();

        /** There is something below it to visit. */
        boolean deep();

        /** It comes out as a marker of removal, under the marker's name. */
        boolean removed();
    }

    static <T extends Child> List<Visit<T>> of(List<T> children) {
        List<Visit<T>> visits = new ArrayList<>(children.size() * 2);
        for (T child : children) {
            byte[] key = child.removed() ? Names.join(MARKER, child.name()) : child.name();
            visits.add(new Visit<>(key, child, false));
            if (child.deep()) {
                visits.add(new Visit<>(Names.join(child.name(), SLASH), child, true));
            }
        }
        visits.sort(Comparator.comparing(Visit::sortKey, Arrays::compareUnsigned));
        return visits;
    }
}
