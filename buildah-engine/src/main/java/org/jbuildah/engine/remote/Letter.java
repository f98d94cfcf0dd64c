package org.jbuildah.engine.remote;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.api.TransferFailed;
import org.jspecify.annotations.Nullable;

/**
 * A failure on its way to the other side, where it reads as it would have here.
 *
 * @param kind a class of {@link BuildException}; {@link Kind#IO} for an {@link IOException}
 * @param code null for an {@link IOException}
 * @param output the last lines of a process
 */
record Letter(
        Kind kind,
        @Nullable FailureCode code,
        String what,
        String remedy,
        @Nullable SourceSpan where,
        List<String> output) {
    enum Kind {
        REQUEST_INVALID,
        DOCKERFILE_INVALID,
        STEP_FAILED,
        HOST_UNSUITABLE,
        IMAGE_UNAVAILABLE,
        TRANSFER_FAILED,
        STORE_BROKEN,
        CANCELLED,
        IO
    }

    static Letter of(Throwable failure) {
        if (failure instanceof BuildException letter) {
            List<String> output = letter instanceof StepFailed step ? step.output() : List.of();
            return new Letter(
                    kind(letter),
                    letter.code(),
                    letter.what(),
                    letter.remedy(),
                    letter.where().orElse(null),
                    output);
        }
        String message = failure.getMessage();
        String what = failure instanceof IOException && message != null ? message : failure.toString();
        return new Letter(Kind.IO, null, what, "", null, List.of());
    }

    private static Kind kind(BuildException letter) {
        if (letter instanceof RequestInvalid) {
            return Kind.REQUEST_INVALID;
        }
        if (letter instanceof DockerfileInvalid) {
            return Kind.DOCKERFILE_INVALID;
        }
        if (letter instanceof StepFailed) {
            return Kind.STEP_FAILED;
        }
        if (letter instanceof HostUnsuitable) {
            return Kind.HOST_UNSUITABLE;
        }
        if (letter instanceof ImageUnavailable) {
            return Kind.IMAGE_UNAVAILABLE;
        }
        if (letter instanceof TransferFailed) {
            return Kind.TRANSFER_FAILED;
        }
        return letter instanceof StoreBroken ? Kind.STORE_BROKEN : Kind.CANCELLED;
    }

    /** What the other side threw: an {@link IOException}, or a {@link BuildException} that is thrown at once. */
    IOException rethrown() throws IOException {
        FailureCode known = code;
        if (known == null) {
            return new IOException(what);
        }
        BuildException failure = exception(known);
        throw where == null ? failure : failure.at(where);
    }

    private BuildException exception(FailureCode known) throws IOException {
        return switch (kind) {
            case REQUEST_INVALID -> new RequestInvalid(known, what, remedy);
            case DOCKERFILE_INVALID -> new DockerfileInvalid(known, what, remedy);
            case STEP_FAILED -> new StepFailed(known, what, remedy).withOutput(output);
            case HOST_UNSUITABLE -> new HostUnsuitable(known, what, remedy);
            case IMAGE_UNAVAILABLE -> new ImageUnavailable(known, what, remedy);
            case TRANSFER_FAILED -> new TransferFailed(known, what, remedy);
            case STORE_BROKEN -> new StoreBroken(known, what, remedy);
            case CANCELLED -> new Cancelled(known, what, remedy);
            case IO -> throw new IOException(what);
        };
    }
}
