package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** When to try again, and how long to wait before. */
public final class RetryPolicy {
    private static final Duration LONGEST_WISH = Duration.ofSeconds(60);

    /** One attempt at a request. */
    public interface Attempt {
        HttpAnswer make() throws IOException, InterruptedException;
    }

    private final int retries;
    private final Pauses pauses;
    private final Clock clock;

    public RetryPolicy(int retries, Pauses pauses, Clock clock) {
        this.retries = retries;
        this.pauses = pauses;
        this.clock = clock;
    }

    public int retries() {
        return retries;
    }

    /** Makes attempts until one gets an answer that will not pass by itself, or none is left. */
    public HttpAnswer send(Attempt attempt) throws IOException, InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                HttpAnswer answer = attempt.make();
                if (!answer.passing() || failures == retries) {
                    return answer;
                }
                answer.close();
                pause(failures, answer.retryAfter(clock));
            } catch (IOException e) {
                if (failures == retries || !passing(e)) {
                    throw e;
                }
                pause(failures, Optional.empty());
            }
        }
    }

    /** @param wish of the server, which counts before our own pause, within reason */
    public void pause(int failures, Optional<Duration> wish) throws InterruptedException {
        Duration pause = wish.map(asked -> asked.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : asked)
                .orElseGet(() -> pauses.after(failures));
        Thread.sleep(pause.toMillis());
    }

    public void pause(int failures, HttpAnswer answer) throws InterruptedException {
        pause(failures, answer.retryAfter(clock));
    }

    /** Whether a failure may pass by itself: not an unknown name, not a certificate, not our own disk. */
    public static boolean passing(IOException e) {
        return !(e instanceof HttpPort.BodyUnreadable)
                && !HttpTrouble.caused(e, UnresolvedAddressException.class)
                && !HttpTrouble.caused(e, UnknownHostException.class)
                && HttpTrouble.alert(e).isEmpty()
                && !HttpTrouble.caused(e, CertificateException.class)
                && !HttpTrouble.caused(e, SSLHandshakeException.class);
    }
}
