package org.jbuildah.engine.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A limit of each process of a RUN.
 *
 * @param soft the limit in force, in the kernel's unit for the resource; {@link #UNLIMITED} for none
 * @param hard how far a process may raise the soft one itself
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
public record Ulimit(Resource resource, long soft, long hard) {
    public static final long UNLIMITED = -1;

    private static final Pattern FORM = Pattern.compile("([A-Za-z]+)[=:](-?\\d{1,18})(?::(-?\\d{1,18}))?");
    private static final String REMEDY =
            "Write TYPE=SOFT or TYPE=SOFT:HARD, such as nofile=1024:4096; -1 stands for no limit.";

    public Ulimit {
        if (soft < UNLIMITED || hard < UNLIMITED || exceeds(soft, hard)) {
            throw new IllegalArgumentException("the limits " + soft + " and " + hard);
        }
    }

    /** What is limited: the kernel's RLIMIT numbers, the same on x86_64 and aarch64. */
    public enum Resource {
        CPU(0),
        FSIZE(1),
        DATA(2),
        STACK(3),
        CORE(4),
        RSS(5),
        NPROC(6),
        NOFILE(7),
        MEMLOCK(8),
        LOCKS(10),
        SIGPENDING(11),
        MSGQUEUE(12),
        NICE(13),
        RTPRIO(14),
        RTTIME(15);

        private final int number;

        Resource(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** As it is written: {@code nofile}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads {@code type=soft[:hard]} or {@code type:soft[:hard]}; without a hard limit it is the soft one.
     *
     * @throws RequestInvalid if the text is none
     */
    public static Ulimit parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new RequestInvalid(FailureCode.REQUEST_INVALID, "The ulimit \"" + text + "\" is not one.", REMEDY);
        }
        Resource resource = resource(matcher.group(1));
        long soft = Long.parseLong(matcher.group(2));
        long hard = Optional.ofNullable(matcher.group(3)).map(Long::parseLong).orElse(soft);
        if (soft < UNLIMITED || hard < UNLIMITED) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID, "The ulimit \"" + text + "\" is less than nothing.", REMEDY);
        }
        if (exceeds(soft, hard)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The ulimit \"" + text + "\" has a soft limit above its hard limit.",
                    "The hard limit is how far a process may raise its own.");
        }
        return new Ulimit(resource, soft, hard);
    }

    private static boolean exceeds(long soft, long hard) {
        return hard != UNLIMITED && (soft == UNLIMITED || soft > hard);
    }

    private static Resource resource(String word) {
        List<Resource> all = List.of(Resource.values());
        return Arrays.stream(Resource.values())
                .filter(resource -> resource.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The ulimit \"" + word + "\" is not known.",
                        "It is one of " + all.stream().map(Resource::word).collect(Collectors.joining(", ")) + "."));
    }

    /** {@code nofile=1024:4096}. */
    @Override
    public String toString() {
        return resource.word() + "=" + soft + ":" + hard;
    }
}
