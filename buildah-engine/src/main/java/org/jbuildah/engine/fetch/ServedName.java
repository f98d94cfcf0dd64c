package org.jbuildah.engine.fetch;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.http.HttpAnswer;

/** What a server says of a file beside its bytes. */
final class ServedName {
    private static final Pattern FILE_NAME =
            Pattern.compile("(?i);\\s*filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))");

    /** The form of RFC 1123, and the two that servers of old may still send. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private ServedName() {}

    /**
     * The name of a file: by {@code Content-Disposition}, else by its address.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</a>
     */
    static String of(HttpAnswer answer, URI address) {
        Matcher named = FILE_NAME.matcher(answer.header("Content-Disposition").orElse(""));
        String given = named.find()
                ? Optional.ofNullable(named.group(1))
                        .map(quoted -> quoted.replaceAll("\\\\(.)", "$1"))
                        .orElse(String.valueOf(named.group(2)))
                : "";
        return last(given).or(() -> last(address.getPath())).orElse("download");
    }

    private static Optional<String> last(String path) {
        String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? Optional.empty() : Optional.of(name);
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats">RFC 9110, section 5.6.7</a> */
    static Instant lastModified(HttpAnswer answer) {
        String text = answer.header("Last-Modified").orElse("");
        return DATES.stream()
                .flatMap(form -> parsed(text, form).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> parsed(String text, DateTimeFormatter form) {
        try {
            return Optional.of(ZonedDateTime.parse(text, form).toInstant());
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }
}
