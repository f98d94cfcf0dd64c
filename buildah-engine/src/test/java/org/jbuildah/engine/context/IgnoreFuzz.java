package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.layer.EntryName;

/** Any text is an ignore file that judges any path, or a letter that names the line. */
public final class IgnoreFuzz {
    private IgnoreFuzz() {}

    /** Called by the fuzzer, and by {@code SeedsTest}. The first line is the path to judge; the rest is the ignore file. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        EntryName path;
        try {
            path = EntryName.of(end < 0 ? text : text.substring(0, end));
        } catch (IllegalArgumentException leavesTheRoot) {
            return;
        }
        if (path.isRoot()) {
            return;
        }
        String file = text.substring(end + 1);
        IgnoreFile ignore;
        try {
            ignore = IgnoreFile.parse(".dockerignore", file);
        } catch (RequestInvalid letter) {
            assertThat(letter.code()).isEqualTo(FailureCode.IGNORE_FILE_INVALID);
            assertThat(letter.where()).isPresent();
            assertThat(letter.letter()).contains(".dockerignore:");
            return;
        }
        ignore.excludes(path).ifPresent(line -> pointsAtAPattern(line));
        whatIsTakenBackIsReached(ignore.compiled(), path);
        theLastLineCounts(file, path);
    }

    private static void pointsAtAPattern(SourceSpan line) {
        assertThat(line.text().lines().get(line.firstLine() - 1)).isNotEmpty().doesNotStartWith("!");
    }

    /** Otherwise the walk would pass over the directory. */
    private static void whatIsTakenBackIsReached(IgnorePatterns patterns, EntryName path) {
        EntryName parent = path.parent();
        if (!parent.isRoot()
                && patterns.judge(parent).excluded()
                && !patterns.judge(path).excluded()) {
            assertThat(patterns.mayTakeBackBelow(parent))
                    .as("%s is reached", path)
                    .isTrue();
        }
    }

    private static void theLastLineCounts(String file, EntryName path) {
        assertThat(IgnoreFile.parse(".dockerignore", file + "\n!**").excludes(path))
                .isEmpty();
        assertThat(IgnoreFile.parse(".dockerignore", file + "\n**").excludes(path))
                .isPresent();
    }
}
