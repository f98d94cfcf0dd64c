package org.jbuildah.engine.isolation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.oci.RuntimeLogLine;

/**
 * What an OCI runtime wrote into its log. It is the only way to tell a container that could not be made, or a program that could not be
 * started, from a program that ended with the same exit code.
 *
 * @param errors its complaints, the first first
 */
record RuntimeLog(List<String> errors) {
    static final int MOST_BYTES = 64 * 1024;

    /** A program that is not there or cannot be executed, in the words of crun and of runc; the group says why. */
    private static final List<Pattern> NOT_STARTED = List.of(
            Pattern.compile("executable file `.*` not found in \\$PATH: (.*)"),
            Pattern.compile("open executable: (.*)"),
            Pattern.compile("exec container process .*: (.*)"),
            Pattern.compile("(?:.*: )?exec: \".*\": (?:.*: )?(.*)"),
            Pattern.compile("exec /.*: (.*)"));

    private static final Map<String, String> ERRNO = Map.ofEntries(
            Map.entry("no such file or directory", "ENOENT"),
            Map.entry("executable file not found in $path", "ENOENT"),
            Map.entry("permission denied", "EACCES"),
            Map.entry("operation not permitted", "EACCES"), // crun's word for what is no file
            Map.entry("is a directory", "EACCES"),
            Map.entry("exec format error", "ENOEXEC"),
            Map.entry("not a directory", "ENOTDIR"),
            Map.entry("too many levels of symbolic links", "ELOOP"),
            Map.entry("argument list too long", "E2BIG"),
            Map.entry("file name too long", "ENAMETOOLONG"),
            Map.entry("text file busy", "ETXTBSY"),
            Map.entry("invalid argument", "EINVAL"));

    RuntimeLog {
        errors = List.copyOf(errors);
    }

    static RuntimeLog parse(String text) {
        return new RuntimeLog(text.lines()
                .map(RuntimeLogLine::parse)
                .filter(RuntimeLogLine::error)
                .map(RuntimeLogLine::message)
                .toList());
    }

    /** The name of the errno for which the program could not be started, if that is what went wrong. */
    Optional<String> refusal() {
        return errors.stream().flatMap(error -> refusal(error).stream()).findFirst();
    }

    private static Optional<String> refusal(String error) {
        return NOT_STARTED.stream()
                .map(pattern -> pattern.matcher(error))
                .filter(Matcher::matches)
                .map(matcher -> Optional.ofNullable(ERRNO.get(matcher.group(1).toLowerCase(Locale.ROOT))))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
