package org.jbuildah.engine.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/**
 * What the source words of {@code COPY} and {@code ADD} stand for in a tree.
 *
 * <p>Laws: every word is relative to the tree's root, with or without a leading slash, and no {@code ..} and no symlink leaves it; a symlink that a word names or
 * matches is followed, one that a wildcard would have to walk through is not; matches come in the order of a walk sorted by name bytes.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference: COPY</a>, "Source"
 */
public final class SourceSelection {
    /** As many as Linux follows in one path, and more than any honest tree has. */
    private static final int MOST_SYMLINKS = 255;

    private final SourceTree tree;
    private final List<String> excludes;

    private SourceSelection(SourceTree tree, List<String> excludes) {
        this.tree = tree;
        this.excludes = List.copyOf(excludes);
    }

    public static SourceSelection of(SourceTree tree) {
        return new SourceSelection(tree, List.of());
    }

    /**
     * The same, with what patterns exclude left out of every directory that is selected. Patterns are relative to that directory, or, with
     * parents, to where {@code /./} divides the word; a file that a word names or matches is never excluded, as in BuildKit.
     */
    public SourceSelection excluding(List<String> patterns) {
        return new SourceSelection(tree, patterns);
    }

    /**
     * One source that a word stands for.
     *
     * @param tree to read it, and what is below it, from: without what was excluded
     * @param name where it is in the tree, symlinks followed
     * @param entry what is there; never a symlink, unless selected with its parents
     * @param place where it goes below the destination directory: its own last name, or with {@code --parents} its path
     * @param parents the directories above {@code place}, uppermost first and named so; none without {@code --parents}
     * @param byWildcard false when the word named it
     */
    public record Selected(
            SourceTree tree,
            EntryName name,
            LayerEntry entry,
            EntryName place,
            List<LayerEntry> parents,
            boolean byWildcard) {
        public Selected {
            parents = List.copyOf(parents);
        }
    }

    /** True when a word may stand for other than one source. */
    public static boolean hasWildcard(String word) {
        return Wildcard.isIn(word);
    }

    /**
     * Selects by one word.
     *
     * @param word after variables are replaced
     * @return nothing when a wildcard matches nothing
     * @throws PatternSyntaxException if what is to be excluded is no pattern
     * @throws SourceMissing if a word without a wildcard, the directory before the first wildcard, or the target of a symlink is not there
     */
    public List<Selected> select(String word) throws IOException {
        List<String> components = SlashPath.componentsBelowRoot(word);
        int literal = 0;
        while (literal < components.size() && !Wildcard.isIn(components.get(literal))) {
            literal++;
        }
        EntryName named = nameOf(components.subList(0, literal));
        if (literal == components.size()) {
            return List.of(follow(named, false));
        }
        return selectBelow(follow(named, false), String.join("/", components.subList(literal, components.size())));
    }

    private List<Selected> selectBelow(Selected base, String pattern) throws IOException {
        List<Selected> selected = new ArrayList<>();
        if (!base.entry().isDirectory()) {
            return selected;
        }
        Wildcard wildcard;
        try {
            wildcard = Wildcard.of(pattern);
        } catch (PatternSyntaxException e) {
            return selected; // BuildKit's way: what is not a pattern matches nothing
        }
        int depth = pattern.split("/", -1).length;
        List<EntryName> matches = new ArrayList<>();
        walk(base.name(), base.name(), wildcard, depth, matches);
        for (EntryName match : matches) {
            selected.add(follow(match, true));
        }
        return selected;
    }

    /** Collects matches; each star stays within its component, so that none lies deeper than the pattern. */
    private void walk(EntryName base, EntryName directory, Wildcard wildcard, int depth, List<EntryName> matches)
            throws IOException {
        for (EntryName child : tree.children(directory)) {
            if (wildcard.matches(child.relativeTo(base).toString())) {
                matches.add(child);
            } else if (depth > 1 && isDirectory(child)) {
                walk(base, child, wildcard, depth - 1, matches);
            }
        }
    }

    /**
     * Selects by one word of {@code COPY --parents}, in which {@code **} stands for any number of directories and {@code /./} divides what is only walked
     * from what is kept below the destination. Symlinks after that division are selected themselves.
     *
     * @return each file or whole directory that matches, with the directories that lead to it
     * @throws SourceMissing if a word without a wildcard is not there
     */
    public List<Selected> selectWithParents(String word) throws IOException {
        int pivot = word.indexOf("/./");
        String before = pivot < 0 ? "/" : word.substring(0, pivot);
        List<String> components = SlashPath.componentsBelowRoot(pivot < 0 ? word : word.substring(pivot + 3));
        String pattern = String.join("/", components);
        List<Selected> selected = new ArrayList<>();
        for (Selected base : select(before)) {
            if (!base.entry().isDirectory()) {
                continue;
            }
            SourceSelection below = of(tree.excluding(base.name(), excludes));
            if (pattern.isEmpty()) {
                for (EntryName child : below.tree.children(base.name())) {
                    selected.add(below.kept(base.name(), child));
                }
            } else {
                below.collect(base.name(), base.name(), IgnorePatterns.of(List.of(pattern)), selected);
            }
        }
        boolean literal = !pattern.isEmpty() && !Wildcard.isIn(before) && !Wildcard.isIn(pattern);
        if (selected.isEmpty() && literal) {
            if (!excludes.isEmpty()) {
                of(tree).selectWithParents(word); // what is there may be excluded; what is not there is missing
                return selected;
            }
            throw new SourceMissing(SlashPath.clean("/" + before + "/" + pattern));
        }
        return selected;
    }

    private void collect(EntryName base, EntryName directory, IgnorePatterns patterns, List<Selected> selected)
            throws IOException {
        for (EntryName child : tree.children(directory)) {
            EntryName relative = child.relativeTo(base);
            if (patterns.judge(relative, patterns.atRoot()).excluded()) {
                selected.add(kept(base, child));
            } else if (patterns.mayMatchBelow(relative) && isDirectory(child)) {
                collect(base, child, patterns, selected);
            }
        }
    }

    private Selected kept(EntryName base, EntryName name) throws IOException {
        EntryName place = name.relativeTo(base);
        Deque<LayerEntry> parents = new ArrayDeque<>();
        for (EntryName parent = place.parent(); !parent.isRoot(); parent = parent.parent()) {
            parents.addFirst(present(base.resolve(parent)).withName(parent));
        }
        return new Selected(tree, name, present(name), place, List.copyOf(parents), true);
    }

    private Selected follow(EntryName name, boolean byWildcard) throws IOException {
        EntryName target = resolve(name);
        Optional<LayerEntry> entry = entryAt(target);
        if (entry.isEmpty()) {
            throw new SourceMissing("/" + name);
        }
        SourceTree visible = entry.get().isDirectory() ? tree.excluding(target, excludes) : tree;
        return new Selected(visible, target, entry.get(), EntryName.of(name.lastComponent()), List.of(), byWildcard);
    }

    private LayerEntry present(EntryName name) throws IOException {
        Optional<LayerEntry> entry = entryAt(name);
        if (entry.isEmpty()) {
            throw new SourceMissing("/" + name);
        }
        return entry.get();
    }

    private Optional<LayerEntry> entryAt(EntryName name) throws IOException {
        Optional<LayerEntry> entry = tree.lookup(name);
        // an image without layers has a root all the same
        return name.isRoot() && entry.isEmpty()
                ? Optional.of(LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, Instant.EPOCH))
                : entry;
    }

    private boolean isDirectory(EntryName name) throws IOException {
        return tree.lookup(name).filter(LayerEntry::isDirectory).isPresent();
    }

    /**
     * Follows symlinks, the last component included, within the tree.
     *
     * @return the name that is meant, whether or not something is there
     * @throws IOException after 255 symlinks, as for a loop
     */
    public EntryName resolve(EntryName path) throws IOException {
        Deque<byte[]> ahead = new ArrayDeque<>(components(path.bytes()));
        EntryName reached = EntryName.ROOT;
        int symlinks = 0;
        while (!ahead.isEmpty()) {
            byte[] component = ahead.removeFirst();
            if (isDotDot(component)) {
                reached = reached.parent();
                continue;
            }
            EntryName next = reached.resolve(EntryName.of(component));
            Optional<LayerEntry> link = tree.lookup(next).filter(LayerEntry::isSymlink);
            if (link.isEmpty()) {
                reached = next;
                continue;
            }
            if (++symlinks > MOST_SYMLINKS) {
                throw new FileSystemLoopException("/" + path);
            }
            byte[] target = link.get().linkTarget();
            if (target.length > 0 && target[0] == '/') {
                reached = EntryName.ROOT;
            }
            List<byte[]> further = components(target);
            for (int i = further.size() - 1; i >= 0; i--) {
                ahead.addFirst(further.get(i));
            }
        }
        return reached;
    }

    private static EntryName nameOf(List<String> components) {
        return EntryName.of(String.join("/", components));
    }

    private static boolean isDotDot(byte[] component) {
        return component.length == 2 && component[0] == '.' && component[1] == '.';
    }

    /** The components of a path, without empty ones and {@code .}; {@code ISO_8859_1} keeps each byte. */
    private static List<byte[]> components(byte[] path) {
        List<byte[]> components = new ArrayList<>();
        for (String component : new String(path, StandardCharsets.ISO_8859_1).split("/", -1)) {
            if (!component.isEmpty() && !component.equals(".")) {
                components.add(component.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return components;
    }
}
