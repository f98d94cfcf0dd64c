package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** A response; whoever gets it reads its body or closes it. */
public record HttpAnswer(int status, HttpHeaders headers, BodyStream body, URI uri) implements AutoCloseable {
    public boolean success() {
        return status >= 200 && status < 300;
    }

    public boolean redirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Whether the same request may well succeed a little later. */
    public boolean passing() {
        return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    public List<String> headerLines(String name) {
        return headers.allValues(name);
    }

    /** The {@code Location} of a redirect or an upload, absolute. */
    public URI location() throws IOException {
        String location = header("Location")
                .orElseThrow(() ->
                        new IOException("HTTP " + status + " from " + Uris.shown(uri) + " has no Location header"));
        return Uris.resolve(uri, location);
    }

    /** How long the server wants to be left alone; empty when it does not say. */
    public Optional<Duration> retryAfter(Clock clock) {
        return header("Retry-After").flatMap(text -> seconds(text).or(() -> until(text, clock)));
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    private static Optional<Duration> until(String text, Clock clock) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration pause = Duration.between(clock.instant(), date.toInstant());
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeException e) {
            return Optional.empty(); // neither form of the header: as if it were not there
        }
    }

    /** The whole body, for documents that are small by their nature. */
    public byte[] bytes(int limit) throws IOException {
        try (body) {
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new IOException(Uris.shown(uri) + " answered with more than " + limit + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        body.close();
    }
}
