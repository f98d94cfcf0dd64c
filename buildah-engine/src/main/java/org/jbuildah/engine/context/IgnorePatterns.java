package org.jbuildah.engine.context;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.PatternSyntaxException;
import org.jbuildah.engine.layer.EntryName;

/**
 * A list of patterns that exclude files, as an ignore file or {@code COPY --exclude} gives it. The last pattern that matches a path or one of its
 * directories decides.
 */
final class IgnorePatterns {
    private final List<IgnorePattern> patterns;
    private final boolean takesBack;

    private IgnorePatterns(List<IgnorePattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.takesBack = patterns.stream().anyMatch(IgnorePattern::takesBack);
    }

    /** @throws PatternSyntaxException at the first line that is not a pattern */
    static IgnorePatterns of(List<String> lines) {
        List<IgnorePattern> patterns = new ArrayList<>();
        for (String line : lines) {
            String pattern = IgnoreFile.trim(line);
            if (!pattern.isEmpty()) {
                patterns.add(IgnorePattern.of(pattern));
            }
        }
        return new IgnorePatterns(patterns);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** What the list says about a directory that nothing has been said about: the root. */
    Judgement atRoot() {
        return new Judgement(new boolean[patterns.size()], -1);
    }

    /**
     * Judges a path.
     *
     * @param parent what {@link #judge} said about the directory that holds it
     */
    Judgement judge(EntryName name, Judgement parent) {
        String path = name.toString();
        boolean[] matched = new boolean[patterns.size()];
        int decidedBy = -1;
        boolean excluded = false;
        for (int i = 0; i < matched.length; i++) {
            IgnorePattern pattern = patterns.get(i);
            // a pattern that would change nothing is not asked, and what is not asked is not inherited: BuildKit's rule
            boolean asked = pattern.takesBack() == excluded;
            matched[i] = parent.matched[i] || (asked && pattern.matches(path));
            if (matched[i]) {
                excluded = !pattern.takesBack();
                decidedBy = i;
            }
        }
        return new Judgement(matched, excluded ? decidedBy : -1);
    }

    /** Judges a path whose directories have not been judged. */
    Judgement judge(EntryName name) {
        return name.isRoot() ? atRoot() : judge(name, judge(name.parent()));
    }

    /** True when something below an excluded directory may have been taken back. */
    boolean mayTakeBackBelow(EntryName directory) {
        return takesBack
                && patterns.stream()
                        .anyMatch(pattern -> pattern.takesBack() && pattern.mayMatchBelow(directory.toString()));
    }

    /** True when something below a directory may match a pattern of the list. */
    boolean mayMatchBelow(EntryName directory) {
        return patterns.stream().anyMatch(pattern -> pattern.mayMatchBelow(directory.toString()));
    }

    /** What the list says about one path. */
    static final class Judgement {
        private final boolean[] matched;
        private final int excludedBy;

        private Judgement(boolean[] matched, int excludedBy) {
            this.matched = matched;
            this.excludedBy = excludedBy;
        }

        boolean excluded() {
            return excludedBy >= 0;
        }

        /** The number of the pattern that excludes the path, from 0. */
        OptionalInt excludedBy() {
            return excluded() ? OptionalInt.of(excludedBy) : OptionalInt.empty();
        }
    }
}
