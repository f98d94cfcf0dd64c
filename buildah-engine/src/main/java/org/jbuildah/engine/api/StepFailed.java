package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** A step of the Dockerfile ran and failed. */
public final class StepFailed extends BuildException {
    private static final long serialVersionUID = 1L;

    private StepFailed(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public StepFailed(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public StepFailed(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public StepFailed at(SourceSpan place) {
        return where().isPresent() ? this : new StepFailed(code(), what(), remedy(), place, this);
    }
}
