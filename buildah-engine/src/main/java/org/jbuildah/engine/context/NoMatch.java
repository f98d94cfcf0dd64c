package org.jbuildah.engine.context;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/**
 * Why a source word selects nothing from a build context.
 *
 * @param word as it stands after variables are replaced
 * @param files how many files the context holds, ignored ones left out
 * @param excluded what it would select without the ignore file
 * @param sibling a file whose name differs in nothing but its case, or in one or two letters
 */
public record NoMatch(String word, long files, List<Excluded> excluded, Optional<EntryName> sibling) {
    private static final int ENOUGH = 3;

    /** A match that a line of the ignore file excludes. */
    public record Excluded(EntryName name, SourceSpan line) {}

    public NoMatch {
        excluded = List.copyOf(excluded);
    }

    static NoMatch examine(String word, SourceTree visible, SourceTree all, IgnoreFile ignoreFile) throws IOException {
        return new NoMatch(
                word, countFiles(visible, EntryName.ROOT), excluded(word, all, ignoreFile), sibling(word, visible));
    }

    private static long countFiles(SourceTree tree, EntryName directory) throws IOException {
        long files = 0;
        for (EntryName child : tree.children(directory)) {
            boolean isDirectory =
                    tree.lookup(child).filter(LayerEntry::isDirectory).isPresent();
            files += isDirectory ? countFiles(tree, child) : 1;
        }
        return files;
    }

    private static List<Excluded> excluded(String word, SourceTree all, IgnoreFile ignoreFile) throws IOException {
        List<SourceSelection.Selected> matches;
        try {
            matches = SourceSelection.of(all).select(word);
        } catch (SourceMissing e) {
            return List.of();
        }
        return matches.stream()
                .flatMap(match ->
                        ignoreFile.excludes(match.name()).map(line -> new Excluded(match.name(), line)).stream())
                .limit(ENOUGH)
                .toList();
    }

    private static Optional<EntryName> sibling(String word, SourceTree tree) throws IOException {
        List<String> components = SlashPath.componentsBelowRoot(word);
        if (components.isEmpty() || Wildcard.isIn(word)) {
            return Optional.empty();
        }
        EntryName wanted = EntryName.of(String.join("/", components));
        if (tree.lookup(wanted.parent()).filter(LayerEntry::isDirectory).isEmpty()) {
            return Optional.empty();
        }
        List<EntryName> present = tree.children(wanted.parent());
        List<String> names = present.stream().map(NoMatch::lastName).toList();
        return NearMiss.of(components.get(components.size() - 1), names).map(near -> present.get(names.indexOf(near)));
    }

    private static String lastName(EntryName name) {
        return EntryName.of(name.lastComponent()).toString();
    }

    /** What was found instead, in one or two sentences. */
    public String what() {
        StringBuilder text = new StringBuilder("The context holds ").append(files == 1 ? "1 file" : files + " files");
        if (excluded.isEmpty()) {
            return text.append('.').toString();
        }
        Excluded first = excluded.get(0);
        return text.append("; ")
                .append(fileName(first.line()))
                .append(" line ")
                .append(first.line().firstLine())
                .append(" (\"")
                .append(lineText(first.line()))
                .append("\") excludes ")
                .append(excluded.size() == 1 ? "the only match, " : "the matches, such as ")
                .append(first.name())
                .append('.')
                .toString();
    }

    /** What to do about it. */
    public String remedy() {
        if (!excluded.isEmpty()) {
            return "Remove that line, or add \"!" + word.replaceFirst("^(\\./|/)+", "") + "\" after it.";
        }
        if (sibling.isPresent()) {
            return "Did you mean \"" + sibling.get() + "\"?";
        }
        if (List.of(word.split("/")).contains("..")) {
            return "\"..\" does not lead out of the context. Make a directory above it the context, and name the Dockerfile apart (-f,"
                    + " <dockerfile>).";
        }
        return "Paths are relative to the context; check that the file is built before the image, and the spelling.";
    }

    private static String fileName(SourceSpan line) {
        String path = line.text().name();
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String lineText(SourceSpan line) {
        return line.text().lines().get(line.firstLine() - 1).strip();
    }
}
