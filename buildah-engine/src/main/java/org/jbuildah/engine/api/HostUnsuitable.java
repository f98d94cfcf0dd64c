package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** This machine lacks something that the build needs. */
public final class HostUnsuitable extends BuildException {
    private static final long serialVersionUID = 1L;

    private HostUnsuitable(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public HostUnsuitable(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public HostUnsuitable(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public HostUnsuitable at(SourceSpan place) {
        return where().isPresent() ? this : new HostUnsuitable(code(), what(), remedy(), place, this);
    }
}
