package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/** The Dockerfile says something that has no meaning, or one that this builder does not execute. */
public final class DockerfileInvalid extends BuildException {
    private static final long serialVersionUID = 1L;

    private DockerfileInvalid(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public DockerfileInvalid(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public DockerfileInvalid(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    @Override
    public DockerfileInvalid at(SourceSpan place) {
        return where().isPresent() ? this : new DockerfileInvalid(code(), what(), remedy(), place, this);
    }
}
