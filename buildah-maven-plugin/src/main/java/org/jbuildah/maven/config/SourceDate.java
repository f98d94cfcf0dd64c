package org.jbuildah.maven.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.RequestInvalid;

/**
 * The date of the source, as reproducible builds of Maven give it. The parameter counts first, whose default is {@code
 * project.build.outputTimestamp}; then the build argument and the environment variable {@code SOURCE_DATE_EPOCH}.
 *
 * @see <a href="https://maven.apache.org/guides/mini/guide-reproducible-builds.html">Maven: reproducible builds</a>
 */
record SourceDate(ImageConfiguration image, Map<String, String> args, Map<String, String> environment) {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    /** @throws RequestInvalid if there is a date and it cannot be read */
    ImageTimes times() {
        String written = image.sourceDateEpoch == null ? "" : image.sourceDateEpoch.strip();
        if (!written.isEmpty()) {
            return isOff(written) ? ImageTimes.AS_MADE : dated("sourceDateEpoch", written);
        }
        String inherited = args.getOrDefault(EPOCH, environment.getOrDefault(EPOCH, ""));
        return inherited.isEmpty() ? ImageTimes.AS_MADE : dated(EPOCH, inherited);
    }

    /** Maven's own convention: one character that is no digit turns the feature off; so does the word. */
    private static boolean isOff(String written) {
        return written.equals("none") || (written.length() == 1 && !Character.isDigit(written.charAt(0)));
    }

    private ImageTimes dated(String where, String written) {
        try {
            Instant time = written.matches("-?\\d+")
                    ? Instant.ofEpochSecond(Long.parseLong(written))
                    : OffsetDateTime.parse(written).toInstant();
            return new ImageTimes.SourceDateEpoch(time.truncatedTo(ChronoUnit.SECONDS), image.rewriteTimestamp);
        } catch (DateTimeException | NumberFormatException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<" + where + "> is \"" + written + "\", which is no date.",
                    "Write a date such as 2026-01-31T12:00:00Z, seconds since 1970, or \"none\". Without this parameter it is the "
                            + "property project.build.outputTimestamp.",
                    e);
        }
    }
}
