package org.jbuildah.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void pausesGrowOrStayAsTheyAre() {
        Pauses growing = Pauses.doubling(Duration.ofSeconds(1));
        Pauses always = Pauses.always(Duration.ofMinutes(5));

        assertThat(growing.after(0)).hasSeconds(1);
        assertThat(growing.after(3)).hasSeconds(8);
        assertThat(growing.after(40)).isEqualTo(Pauses.LONGEST_GROWN);
        assertThat(always.after(0)).isEqualTo(always.after(9)).hasMinutes(5);
    }

    @Test
    void anAttemptIsMadeOnceMoreThanThereAreRetries() {
        assertThat(attempts(0)).isEqualTo(1);
        assertThat(attempts(4)).isEqualTo(5);
    }

    private static int attempts(int retries) {
        AtomicInteger made = new AtomicInteger();
        RetryPolicy policy = new RetryPolicy(retries, Pauses.always(Duration.ZERO), Clock.systemUTC());
        assertThatThrownBy(() -> policy.send(() -> {
                    made.incrementAndGet();
                    throw new IOException("the connection broke");
                }))
                .hasMessage("the connection broke");
        return made.get();
    }
}
