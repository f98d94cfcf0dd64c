package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** A result could not be delivered: to a registry, a file, a directory. */
public final class TransferFailed extends BuildException {
    private static final long serialVersionUID = 1L;

    private TransferFailed(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public TransferFailed(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public TransferFailed(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public TransferFailed at(SourceSpan place) {
        return where().isPresent() ? this : new TransferFailed(code(), what(), remedy(), place, this);
    }
}
