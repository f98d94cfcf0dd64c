package org.jbuildah.engine.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.dockerfile.GoDuration;
import org.jbuildah.engine.lint.ReportFormat;

/** The words of the command line as values. */
final class Words {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

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

    /** A duration of Go's that is longer than nothing; a bare number is one of seconds, as in the plugin's parameter. */
    static Duration limit(String option, String word) {
        Duration limit = pause(option, NUMBER.matcher(word).matches() ? word + "s" : word);
        if (limit.isZero() || limit.isNegative()) {
            throw Cli.wrong(option + " " + word + " leaves no time at all.", "Leave the option out for no limit.");
        }
        return limit;
    }

    /** A duration of Go's, such as {@code 1m30s}, always with units; it may be nothing. */
    static Duration pause(String option, String word) {
        try {
            return GoDuration.parse(word);
        } catch (IllegalArgumentException e) {
            if (NUMBER.matcher(word).matches()) {
                throw Cli.wrong(
                        option + " \"" + word + "\" has no unit.",
                        "Write " + word + "s for seconds, or a number with ms, m or h.");
            }
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
