package org.jbuildah.engine.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.layer.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .dockerignore} or {@code .containerignore} file: what of a directory is not part of the build context.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">Dockerfile reference: .dockerignore files</a>
 */
public final class IgnoreFile {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final SourceText text;
    private final List<Line> lines;
    private final IgnorePatterns patterns;

    /** @param pattern cleaned, with its leading {@code !} */
    private record Line(int number, String pattern) {}

    private IgnoreFile(SourceText text, List<Line> lines) {
        this.text = text;
        this.lines = List.copyOf(lines);
        this.patterns = compile(text, lines);
    }

    /** The ignore file that excludes nothing. */
    public static IgnoreFile none() {
        return parse("", "");
    }

    /**
     * Finds and reads the ignore file of a build: the one named after the Dockerfile and beside it, else the context's. Of two at one place
     * {@code .dockerignore} counts before {@code .containerignore}, as BuildKit knows only the first.
     *
     * @throws RequestInvalid if a line of it is not a pattern, or if it cannot be read
     */
    public static IgnoreFile find(Path context, @Nullable Path dockerfile) {
        List<Path> candidates = new ArrayList<>();
        if (dockerfile != null) {
            candidates.add(dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore"));
            candidates.add(dockerfile.resolveSibling(dockerfile.getFileName() + ".containerignore"));
        }
        candidates.add(context.resolve(".dockerignore"));
        candidates.add(context.resolve(".containerignore"));
        return candidates.stream()
                .filter(Files::exists) // what is there and no file is refused: its owner believes that it counts
                .findFirst()
                .map(IgnoreFile::read)
                .orElseGet(IgnoreFile::none);
    }

    /**
     * As {@link #find(Path, Path)}, in a context that is no directory of this machine.
     *
     * @param dockerfile its path in the tree, with slashes; empty where it is not part of it
     * @throws RequestInvalid if a line of it is not a pattern
     */
    public static IgnoreFile find(SourceTree tree, String dockerfile) throws IOException {
        List<String> candidates = new ArrayList<>(List.of(".dockerignore", ".containerignore"));
        if (!dockerfile.isEmpty()) {
            candidates.addAll(0, List.of(dockerfile + ".dockerignore", dockerfile + ".containerignore"));
        }
        for (String candidate : candidates) {
            Optional<byte[]> content = TextInTree.read(tree, candidate);
            if (content.isPresent()) {
                return parse(candidate, new String(content.get(), StandardCharsets.UTF_8));
            }
        }
        return none();
    }

    /**
     * Reads an ignore file.
     *
     * @throws RequestInvalid if a line of it is not a pattern, or if it cannot be read
     */
    public static IgnoreFile read(Path file) {
        try {
            // not Files.readString: a byte that is not UTF-8 in one pattern is no reason to fail
            return parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_UNREADABLE,
                    "The ignore file \"" + file + "\" cannot be read: " + Reasons.of(e) + ".",
                    "Make it readable for this user, or remove it.",
                    e);
        }
    }

    /**
     * Reads the text of an ignore file.
     *
     * @param name for messages
     * @throws RequestInvalid if a line of it is not a pattern
     */
    public static IgnoreFile parse(String name, String content) {
        SourceText text = textOf(name, content);
        // a slash that was dropped may have stood behind a blank
        List<Line> lines = linesOf(text).stream()
                .map(line -> new Line(line.number(), trim(line.pattern())))
                .filter(line -> !line.pattern().isEmpty())
                .toList();
        return new IgnoreFile(text, lines);
    }

    /** The patterns of a file before anyone asks whether they are any. */
    static List<String> cleanedLines(String content) {
        return linesOf(textOf("", content)).stream().map(Line::pattern).toList();
    }

    private static SourceText textOf(String name, String content) {
        String bare = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
        return SourceText.of(name, bare.replace("\r\n", "\n"));
    }

    private static List<Line> linesOf(SourceText text) {
        List<Line> lines = new ArrayList<>();
        for (int number = 1; number <= text.lines().size(); number++) {
            String line = text.lines().get(number - 1);
            String trimmed = trim(line);
            if (!line.startsWith("#") && !trimmed.isEmpty()) {
                lines.add(new Line(number, cleaned(trimmed)));
            }
        }
        return lines;
    }

    private static String cleaned(String line) {
        boolean takesBack = line.startsWith("!");
        String pattern = takesBack ? trim(line.substring(1)) : line;
        if (!pattern.isEmpty()) {
            pattern = SlashPath.clean(pattern);
        }
        if (pattern.length() > 1 && pattern.startsWith("/")) {
            pattern = pattern.substring(1);
        }
        return takesBack ? "!" + pattern : pattern;
    }

    /** Drops white space as Go means it: Unicode's, the no-break space included, and no control characters besides. */
    static String trim(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isSpace(line.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return (character >= '\t' && character <= '\r') || character == 0x85 || Character.isSpaceChar(character);
    }

    private static IgnorePatterns compile(SourceText text, List<Line> lines) {
        for (Line line : lines) {
            try {
                IgnorePattern.of(line.pattern());
            } catch (PatternSyntaxException e) {
                throw new RequestInvalid(
                                FailureCode.IGNORE_FILE_INVALID,
                                "\"" + line.pattern() + "\" is not a pattern: " + e.getDescription() + ".",
                                line.pattern().startsWith("!")
                                        ? "An exception is written \"!\" and a path, such as \"!target/app.jar\"."
                                        : "A special character that stands for itself takes a backslash before it, such as \"\\[\".",
                                e)
                        .at(new SourceSpan(text, line.number(), line.number()));
            }
        }
        return IgnorePatterns.of(lines.stream().map(Line::pattern).toList());
    }

    /** Where it was read from; empty for none. */
    public String name() {
        return text.name();
    }

    /** Its patterns in order, cleaned: without comments, blank lines, surrounding space, leading and trailing slashes. */
    public List<String> patterns() {
        return lines.stream().map(Line::pattern).toList();
    }

    IgnorePatterns compiled() {
        return patterns;
    }

    /**
     * The line that excludes a file, which may do so by excluding a directory above it.
     *
     * @return empty if the file is part of the context
     */
    public Optional<SourceSpan> excludes(EntryName name) {
        return patterns.judge(name).excludedBy().stream()
                .mapToObj(index -> lines.get(index).number())
                .map(number -> new SourceSpan(text, number, number))
                .findFirst();
    }
}
