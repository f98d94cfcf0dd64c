package org.jbuildah.engine.cli;

import java.time.Instant;
import java.util.Map;
import org.jbuildah.engine.api.ImageTimes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code build} about the times in the image. */
final class TimeFlags {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS",
            description = "The time of the image, of its history and of all files in its new layers, since 1970.")
    private @Nullable String timestamp;

    @Option(
            names = "--source-date-epoch",
            paramLabel = "SECONDS",
            description = "The time of the image and of its history, since 1970. Default: $SOURCE_DATE_EPOCH.")
    private @Nullable String sourceDateEpoch;

    @Option(
            names = "--rewrite-timestamp",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "True: no file of a new layer is younger than the source date epoch. Default: false.")
    private boolean rewriteTimestamp;

    /** @param buildArguments one named SOURCE_DATE_EPOCH counts before the environment variable */
    ImageTimes times(Map<String, String> shell, Map<String, String> buildArguments) {
        if (timestamp != null && sourceDateEpoch != null) {
            throw Cli.wrong(
                    "--timestamp and --source-date-epoch are both given.",
                    "--timestamp dates the files, too; leave out the one that is not meant.");
        }
        if (timestamp != null) {
            return new ImageTimes.Exactly(Words.epochSeconds("--timestamp", timestamp));
        }
        String epoch = sourceDateEpoch == null
                ? buildArguments.getOrDefault(EPOCH, shell.getOrDefault(EPOCH, ""))
                : sourceDateEpoch;
        if (epoch.isEmpty()) {
            return ImageTimes.AS_MADE;
        }
        Instant time = Words.epochSeconds(sourceDateEpoch == null ? EPOCH : "--source-date-epoch", epoch);
        return new ImageTimes.SourceDateEpoch(time, rewriteTimestamp);
    }
}
