package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void aDurationHasUnits() {
        assertThat(Words.limit("--timeout", "1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Words.limit("--timeout", "500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Words.pause("--retry-delay", "0")).isZero();
        assertThatThrownBy(() -> Words.pause("--cache-ttl", "5")).hasMessageContaining("--cache-ttl \"5\" has no unit");
        assertThatThrownBy(() -> Words.pause("--cache-ttl", "soon")).hasMessageContaining("is not a duration");
    }

    @Test
    void aLimitIsInSecondsWhereItHasNoUnit() {
        assertThat(Words.limit("--timeout", "10")).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> Words.limit("--timeout", "10x")).hasMessageContaining("is not a duration");
        assertThatThrownBy(() -> Words.limit("--timeout", "99999999999999999999"))
                .hasMessageContaining("is not a duration");
    }

    @Test
    void aLimitLeavesSomeTime() {
        assertThatThrownBy(() -> Words.limit("--timeout", "0")).hasMessageContaining("leaves no time at all");
        assertThatThrownBy(() -> Words.limit("--timeout", "0s")).hasMessageContaining("leaves no time at all");
        assertThatThrownBy(() -> Words.limit("--timeout", "-1s")).hasMessageContaining("leaves no time at all");
    }
}
