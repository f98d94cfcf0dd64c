package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** The build was ended from outside: Ctrl-C, an interrupt, a closed terminal. */
public final class Cancelled extends BuildException {
    private static final long serialVersionUID = 1L;

    private Cancelled(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public Cancelled(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public Cancelled(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public Cancelled at(SourceSpan place) {
        return where().isPresent() ? this : new Cancelled(code(), what(), remedy(), place, this);
    }
}
