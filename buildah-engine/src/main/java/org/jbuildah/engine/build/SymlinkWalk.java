package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/**
 * Follows symlinks inside a tree as the kernel would inside a chroot: {@code ..} at the root stays there, absolute targets begin at
 * the root. What does not exist is kept as it is written.
 */
final class SymlinkWalk {
    private static final int MOST_LINKS = 255;

    /** One entry of the tree, itself and not what it points at. */
    interface Lookup {
        Optional<LayerEntry> lookup(EntryName name) throws IOException;
    }

    private final Lookup tree;

    SymlinkWalk(Lookup tree) {
        this.tree = tree;
    }

    EntryName resolve(String path) throws IOException {
        return resolve(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    EntryName resolve(byte[] path) throws IOException {
        Deque<byte[]> rest = new ArrayDeque<>();
        push(rest, path);
        EntryName at = EntryName.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            byte[] part = rest.pop();
            if (isDots(part, 1)) {
                continue;
            }
            if (isDots(part, 2)) {
                at = at.parent();
                continue;
            }
            EntryName next = at.resolve(EntryName.of(part));
            Optional<LayerEntry> entry = tree.lookup(next);
            if (entry.isPresent() && entry.get().isSymlink()) {
                if (++links > MOST_LINKS) {
                    throw new FileSystemLoopException("/" + next);
                }
                byte[] target = entry.get().linkTarget();
                push(rest, target);
                at = target.length > 0 && target[0] == '/' ? EntryName.ROOT : at;
            } else {
                at = next;
            }
        }
        return at;
    }

    private static boolean isDots(byte[] part, int count) {
        return part.length == count && part[0] == '.' && part[count - 1] == '.';
    }

    /** Puts the components of a path before those that are still to be walked. */
    private static void push(Deque<byte[]> rest, byte[] path) {
        int end = path.length;
        for (int i = path.length - 1; i >= -1; i--) {
            if (i < 0 || path[i] == '/') {
                if (end > i + 1) {
                    rest.push(Arrays.copyOfRange(path, i + 1, end));
                }
                end = i;
            }
        }
    }
}
