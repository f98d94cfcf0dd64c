package org.jbuildah.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTextTest {
    private final SourceText joined = SourceText.joined(List.of(
            SourceText.of("a/Dockerfile", "FROM scratch\nENV A=1\n"),
            SourceText.of("b/Dockerfile", "\uFEFFFROM scratch\nENV B=2\nENV C=3\n")));

    @Test
    void aPlaceInAJoinedTextIsOneInItsFile() {
        assertThat(new SourceSpan(joined, 2, 2).place()).isEqualTo("a/Dockerfile:2");
        assertThat(new SourceSpan(joined, 3, 3).place()).isEqualTo("b/Dockerfile:1");
        assertThat(new SourceSpan(joined, 5, 5).lastLineInFile()).isEqualTo(3);
    }

    @Test
    void anExcerptShowsNoLineOfAnotherFile() {
        assertThat(new SourceSpan(joined, 2, 2).excerpt()).isEqualTo("    1 | FROM scratch\n  > 2 | ENV A=1\n");
        assertThat(new SourceSpan(joined, 3, 3).excerpt()).isEqualTo("  > 1 | FROM scratch\n    2 | ENV B=2\n");
    }

    @Test
    void oneFileStaysItself() {
        SourceText file = SourceText.of("Dockerfile", "FROM scratch\n");

        assertThat(SourceText.joined(List.of(file))).isSameAs(file);
        assertThat(new SourceSpan(file, 1, 1).place()).isEqualTo("Dockerfile:1");
    }
}
