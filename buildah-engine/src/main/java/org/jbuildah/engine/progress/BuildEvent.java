package org.jbuildah.engine.progress;

import java.time.Duration;
import java.util.List;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.oci.Digest;

/** Something that happened, as a fact: no percentage, no colour, no words for the user. */
public sealed interface BuildEvent {
    /** How the machine was judged: one sentence per choice, such as the mode, the driver and why not a stronger one. */
    record HostJudged(List<String> reasons) implements BuildEvent {}

    /** A base image was resolved. */
    record ImageResolved(String reference, Digest manifest) implements BuildEvent {}

    record StageStarted(String stage, int steps) implements BuildEvent {}

    /** A step begins; {@code number} counts from 1 within its stage, {@code text} is the instruction as the user wrote it. */
    record StepStarted(String stage, int number, int steps, String text, SourceSpan source) implements BuildEvent {}

    record StepCached(String stage, int number) implements BuildEvent {}

    record StepFinished(String stage, int number, Duration took) implements BuildEvent {}

    /** Bytes that a RUN wrote; lines are not kept whole. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record ProcessOutput(String stage, int number, boolean standardError, byte[] bytes) implements BuildEvent {}

    /** Part of a blob arrived or left; {@code done} of {@code size} bytes so far. */
    record BlobTransferred(Direction direction, String reference, Digest digest, long done, long size)
            implements BuildEvent {}

    /** The user should know, and the build goes on. */
    record Warned(String text) implements BuildEvent {}

    /** A build check found something in the Dockerfile; each is told once. */
    record CheckWarned(CheckWarning warning) implements BuildEvent {}

    record OutputWritten(String destination, Digest manifest) implements BuildEvent {}

    enum Direction {
        PULL,
        PUSH
    }
}
