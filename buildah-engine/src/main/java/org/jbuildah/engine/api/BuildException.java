package org.jbuildah.engine.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure, told to the user as a small letter: what happened, where in the Dockerfile, and what to do.
 *
 * <p>Each kind of reader has a subclass: callers decide by the class whom to blame, and by the {@link #code()} which page of
 * the manual to open.
 */
public abstract sealed class BuildException extends RuntimeException
        permits RequestInvalid,
                DockerfileInvalid,
                StepFailed,
                HostUnsuitable,
                ImageUnavailable,
                TransferFailed,
                StoreBroken,
                Cancelled {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String remedy;
    private final transient @Nullable SourceSpan where;

    BuildException(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(what, cause);
        this.code = code;
        this.remedy = remedy;
        this.where = where;
    }

    public FailureCode code() {
        return code;
    }

    /** What happened: one or more whole sentences, with values quoted and numbers given. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What to do about it; empty where {@link #what()} leaves no doubt. */
    public String remedy() {
        return remedy;
    }

    /** The instruction that failed, when there is one. */
    public Optional<SourceSpan> where() {
        return Optional.ofNullable(where);
    }

    /** This failure, with the place added unless it already has one. */
    public abstract BuildException at(SourceSpan place);

    /** Lines that show what happened, and that the letter quotes; none but for processes. */
    List<String> evidence() {
        return List.of();
    }

    /** The whole letter, several lines, without a trailing line end. */
    public String letter() {
        StringBuilder text =
                new StringBuilder(what()).append("  [").append(code).append(']');
        where().ifPresent(span -> text.append("\n  ")
                .append(span.place())
                .append('\n')
                .append(span.excerpt().stripTrailing()));
        if (!evidence().isEmpty()) {
            text.append("\n  The last that it wrote:");
            evidence().forEach(line -> text.append("\n    ").append(line));
        }
        if (!remedy.isEmpty()) {
            text.append("\n  ").append(remedy.replace("\n", "\n  "));
        }
        return text.toString();
    }
}
