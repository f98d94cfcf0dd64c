package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jbuildah.engine.build.LayerDraft.Planned;
import org.jbuildah.engine.layer.EntryName;

/**
 * The content of a source's directory, to be laid out below a directory of the image in which nothing is: as large as the source is,
 * none of it is held in memory.
 *
 * @param from the directory in the source
 * @param to the directory in the image
 * @param source gives the entries as they are to stand in the image
 */
record Graft(EntryName from, EntryName to, Source source) {
    /** What is laid out. */
    interface Source {
        /** The names inside a directory of the source, sorted. */
        Iterable<EntryName> children(EntryName directory) throws IOException;

        /** A file of the source as it is to stand in the image. */
        Optional<Planned> planned(EntryName name, EntryName to) throws IOException;
    }

    /** Takes entries one by one. */
    @FunctionalInterface
    interface Visitor {
        void visit(Planned entry) throws IOException;
    }

    /** A directory whose content is still to come, at its place among names: after those that sort before {@code to/}. */
    private record Pending(EntryName from, EntryName to) {
        static final Comparator<Pending> BY_PLACE = (one, other) -> compareAsDirectories(one.to(), other.to());

        boolean before(EntryName name) {
            return precedes(to, name);
        }
    }

    /** True for names below {@link #to}, which is not one of them. */
    boolean covers(EntryName name) {
        return !name.equals(to) && name.isWithin(to);
    }

    boolean overlaps(EntryName directory) {
        return directory.isWithin(to) || to.isWithin(directory);
    }

    /** Whether all that is laid out sorts before a name that is not below {@link #to}. */
    boolean precedes(EntryName name) {
        return precedes(to, name);
    }

    Optional<Planned> lookup(EntryName name) throws IOException {
        return source.planned(from.resolve(name.relativeTo(to)), name);
    }

    /** Visits all that is laid out, sorted by the bytes of its whole name. */
    void visit(Visitor visitor) throws IOException {
        // a directory's content does not follow its own name at once: "a-b" stands between "a" and "a/b"
        visit(new Pending(from, to), visitor);
    }

    private void visit(Pending directory, Visitor visitor) throws IOException {
        PriorityQueue<Pending> pending = new PriorityQueue<>(Pending.BY_PLACE);
        for (EntryName child : source.children(directory.from())) {
            EntryName place = directory.to().resolve(EntryName.of(child.lastComponent()));
            while (!pending.isEmpty() && pending.peek().before(place)) {
                visit(pending.remove(), visitor);
            }
            Optional<Planned> planned = source.planned(child, place);
            if (planned.isPresent()) {
                visitor.visit(planned.get());
                if (planned.get().entry().isDirectory()) {
                    pending.add(new Pending(child, place));
                }
            }
        }
        while (!pending.isEmpty()) {
            visit(pending.remove(), visitor);
        }
    }

    private static boolean precedes(EntryName directory, EntryName name) {
        return directory.isRoot() ? !name.isRoot() : Arrays.compareUnsigned(slashed(directory), name.bytes()) < 0;
    }

    private static int compareAsDirectories(EntryName one, EntryName other) {
        return Arrays.compareUnsigned(slashed(one), slashed(other));
    }

    private static byte[] slashed(EntryName directory) {
        byte[] bytes = directory.bytes();
        byte[] slashed = Arrays.copyOf(bytes, bytes.length + 1);
        slashed[bytes.length] = '/';
        return slashed;
    }
}
