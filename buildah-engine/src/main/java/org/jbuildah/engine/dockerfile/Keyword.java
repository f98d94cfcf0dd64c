package org.jbuildah.engine.dockerfile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The instructions, the shape of their arguments and their flags. */
enum Keyword {
    ADD(Shape.JSON_OR_WORDS),
    ARG(Shape.SHELL_WORDS),
    CMD(Shape.JSON_OR_TEXT),
    COPY(Shape.JSON_OR_WORDS),
    ENTRYPOINT(Shape.JSON_OR_TEXT),
    ENV(Shape.ASSIGNMENTS),
    EXPOSE(Shape.WORDS),
    FROM(Shape.WORDS),
    HEALTHCHECK(Shape.HEALTHCHECK),
    LABEL(Shape.ASSIGNMENTS),
    MAINTAINER(Shape.TEXT),
    ONBUILD(Shape.INSTRUCTION),
    RUN(Shape.JSON_OR_TEXT),
    SHELL(Shape.JSON_OR_TEXT),
    STOPSIGNAL(Shape.TEXT),
    USER(Shape.TEXT),
    VOLUME(Shape.JSON_OR_WORDS),
    WORKDIR(Shape.TEXT);

    /** How the arguments are parted. */
    enum Shape {
        TEXT,
        WORDS,
        JSON_OR_TEXT,
        JSON_OR_WORDS,
        SHELL_WORDS,
        ASSIGNMENTS,
        HEALTHCHECK,
        INSTRUCTION
    }

    private static final Map<String, Keyword> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Keyword::name, Function.identity()));

    private final Shape shape;

    Keyword(Shape shape) {
        this.shape = shape;
    }

    /** Keywords are written in any case. */
    static Optional<Keyword> of(String word) {
        return Optional.ofNullable(BY_NAME.get(word.toUpperCase(Locale.ROOT)));
    }

    boolean names(String word) {
        return name().equalsIgnoreCase(word);
    }

    Shape shape() {
        return shape;
    }

    List<FlagRule> flags() {
        return switch (this) {
            case FROM -> List.of(FlagRule.text("platform"));
            case COPY ->
                List.of(
                        FlagRule.text("from"),
                        FlagRule.text("chown"),
                        FlagRule.text("chmod"),
                        FlagRule.toggle("link"),
                        FlagRule.toggle("parents"),
                        FlagRule.texts("exclude"));
            case ADD ->
                List.of(
                        FlagRule.text("chown"),
                        FlagRule.text("chmod"),
                        FlagRule.toggle("link"),
                        FlagRule.toggle("keep-git-dir"),
                        FlagRule.text("checksum"),
                        FlagRule.toggle("unpack"),
                        FlagRule.texts("exclude"));
            case RUN ->
                List.of(
                        FlagRule.texts("mount"),
                        FlagRule.text("network"),
                        FlagRule.text("security"),
                        FlagRule.texts("device"));
            case HEALTHCHECK ->
                List.of(
                        FlagRule.text("interval"),
                        FlagRule.text("timeout"),
                        FlagRule.text("start-period"),
                        FlagRule.text("start-interval"),
                        FlagRule.text("retries"));
            default -> List.of();
        };
    }

    boolean holdsHeredocs() {
        return this == RUN || this == COPY || this == ADD;
    }
}
