package org.jbuildah.engine.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.dockerfile.GoDuration;
import org.jbuildah.engine.lint.ReportFormat;

/** The words of the command line as values. */
final class Words {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)?");

    private Words() {}

    /** Empty means {@link StorageDriver#AUTO}. */
    static StorageDriver storageDriver(String word) {
        return word.isEmpty()
                ? StorageDriver.AUTO
                : one("--storage-driver", word, StorageDriver.values(), StorageDriver::word);
    }

    static BuildMode mode(String word) {
        return one("--mode", word, BuildMode.values(), BuildMode::word);
    }

    /** buildah's words, among them the booleans of its older form. */
    static PullPolicy pull(String option, String word) {
        return switch (word) {
            case "true" -> PullPolicy.ALWAYS;
            case "false" -> PullPolicy.MISSING;
            case "ifmissing" -> PullPolicy.MISSING;
            case "ifnewer" -> PullPolicy.NEWER;
            default ->
                one(option, word, PullPolicy.values(), policy -> policy.name().toLowerCase(Locale.ROOT));
        };
    }

    /** True for Docker's format. */
    static boolean dockerFormat(String word) {
        return switch (word) {
            case "oci" -> false;
            case "docker" -> true;
            default -> throw Cli.wrong("--format \"" + word + "\" is not known.", "The formats are oci and docker.");
        };
    }

    /** Seconds since 1970. */
    static Instant epochSeconds(String option, String word) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(word));
        } catch (NumberFormatException | DateTimeException e) {
            throw Cli.wrong(
                    option + " \"" + word + "\" is no number of seconds.",
                    "It counts the seconds since 1970, such as those of the last commit's time.");
        }
    }

    /** The booleans of an environment variable. */
    static boolean bool(String name, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Cli.wrong(name + " is \"" + word + "\".", "Write true or false, or unset it.");
        };
    }

    /** A number with ms, s, m or h; seconds where no unit is written. */
    static Duration duration(String option, String word) {
        Matcher matcher = DURATION.matcher(word);
        if (!matcher.matches() || matcher.group(1).length() > 9) {
            throw Cli.wrong(option + " \"" + word + "\" is not a duration.", "Write 90s, 5m or 1h.");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (number == 0) {
            throw Cli.wrong(option + " " + word + " leaves no time at all.", "Leave the option out for no limit.");
        }
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** A duration of Go's, such as {@code 1m30s}; it may be nothing. */
    static Duration pause(String option, String word) {
        try {
            return GoDuration.parse(word);
        } catch (IllegalArgumentException e) {
            throw Cli.wrong(option + " \"" + word + "\" is not a duration.", "Write 2s, 500ms or 1m30s.");
        }
    }

    static ReportFormat reportFormat(String word) {
        return one("--check-format", word, ReportFormat.values(), ReportFormat::word);
    }

    private static <T> T one(String option, String word, T[] values, Function<T, String> words) {
        return Arrays.stream(values)
                .filter(value -> words.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> Cli.wrong(
                        option + " \"" + word + "\" is not known.",
                        "It is one of " + Arrays.stream(values).map(words).collect(Collectors.joining(", ")) + "."));
    }
}
