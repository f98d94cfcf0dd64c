package org.jbuildah.engine.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks paths as a process does whose root the tree is: it never leaves it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/path_resolution.7.html">path_resolution(7)</a>
 */
public final class SymlinkWalk {
    private static final int MOST_SYMLINKS = 255;

    private final Lookup lookup;

    public SymlinkWalk(Lookup lookup) {
        this.lookup = lookup;
    }

    /** One entry of the tree, itself and not what it points at. */
    @FunctionalInterface
    public interface Lookup {
        Optional<LayerEntry> find(EntryName name) throws IOException;
    }

    /** The name that a path stands for, the last component followed too. */
    public EntryName resolve(byte[] path) throws IOException {
        return walk(path, true);
    }

    /** As {@link #resolve}, but the last component is left as it is. */
    public EntryName resolveParent(byte[] path) throws IOException {
        return walk(path, false);
    }

    private EntryName walk(byte[] path, boolean followLast) throws IOException {
        Deque<byte[]> ahead = new ArrayDeque<>(components(path));
        EntryName here = EntryName.ROOT;
        int symlinks = 0;
        while (!ahead.isEmpty()) {
            byte[] component = ahead.pop();
            if (isDots(component)) {
                here = component.length == 1 ? here : here.parent();
                continue;
            }
            EntryName next = here.resolve(name(component));
            Optional<LayerEntry> found = ahead.isEmpty() && !followLast ? Optional.empty() : lookup.find(next);
            if (found.isEmpty() || !found.get().isSymlink()) {
                here = next;
                continue;
            }
            if (++symlinks > MOST_SYMLINKS) {
                throw new IOException("The path \"" + new String(path, StandardCharsets.UTF_8)
                        + "\" leads through more than " + MOST_SYMLINKS + " symlinks, the last of them at \"/" + next
                        + "\"; do they form a loop?");
            }
            byte[] target = found.get().linkTarget();
            here = target.length > 0 && target[0] == '/' ? EntryName.ROOT : here;
            List<byte[]> inserted = components(target);
            for (int i = inserted.size() - 1; i >= 0; i--) {
                ahead.push(inserted.get(i));
            }
        }
        return here;
    }

    private static EntryName name(byte[] component) throws IOException {
        try {
            return EntryName.of(component);
        } catch (IllegalArgumentException unfit) {
            throw new IOException("A path in the image is unfit: " + unfit.getMessage(), unfit);
        }
    }

    private static boolean isDots(byte[] component) {
        return component[0] == '.' && (component.length == 1 || (component.length == 2 && component[1] == '.'));
    }

    private static List<byte[]> components(byte[] path) {
        List<byte[]> components = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > start) {
                    components.add(Arrays.copyOfRange(path, start, i));
                }
                start = i + 1;
            }
        }
        return components;
    }
}
