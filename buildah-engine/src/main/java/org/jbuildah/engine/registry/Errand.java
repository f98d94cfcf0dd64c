package org.jbuildah.engine.registry;

import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.oci.Reference;
import org.jspecify.annotations.Nullable;

/** Why a registry is asked: it decides which rights are needed, and how a failure is told. */
record Errand(Reference image, Direction direction) {
    enum Direction {
        PULL,
        PUSH
    }

    static Errand pull(Reference image) {
        return new Errand(image, Direction.PULL);
    }

    static Errand push(Reference image) {
        return new Errand(image, Direction.PUSH);
    }

    /** The scope of a token for this errand, as the token flow spells it. */
    String scope() {
        return "repository:" + image.repository() + ":" + (direction == Direction.PULL ? "pull" : "pull,push");
    }

    /** {@code docker.io/library/debian}: the repository with its registry. */
    String repository() {
        return image.registry() + "/" + image.repository();
    }

    /** {@code Pulling docker.io/library/debian:12}, the beginning of a letter. */
    String doing() {
        return (direction == Direction.PULL ? "Pulling " : "Pushing ") + image;
    }

    BuildException failure(FailureCode code, String what, String remedy, @Nullable Throwable cause) {
        if (direction == Direction.PULL) {
            return cause == null
                    ? new ImageUnavailable(code, what, remedy)
                    : new ImageUnavailable(code, what, remedy, cause);
        }
        return cause == null ? new TransferFailed(code, what, remedy) : new TransferFailed(code, what, remedy, cause);
    }
}
