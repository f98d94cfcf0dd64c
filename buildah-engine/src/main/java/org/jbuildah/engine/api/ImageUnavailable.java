package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** An image could not be had: unknown, denied, unreachable, or not what its digest promises. */
public final class ImageUnavailable extends BuildException {
    private static final long serialVersionUID = 1L;

    private ImageUnavailable(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public ImageUnavailable(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public ImageUnavailable(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public ImageUnavailable at(SourceSpan place) {
        return where().isPresent() ? this : new ImageUnavailable(code(), what(), remedy(), place, this);
    }
}
