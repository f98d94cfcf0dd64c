package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** The request cannot be carried out as it stands: a wrong value, a missing file, a flag that is not there. Nothing was touched. */
public final class RequestInvalid extends BuildException {
    private static final long serialVersionUID = 1L;

    private RequestInvalid(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public RequestInvalid(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public RequestInvalid(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public RequestInvalid at(SourceSpan place) {
        return where().isPresent() ? this : new RequestInvalid(code(), what(), remedy(), place, this);
    }
}
