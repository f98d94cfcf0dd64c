package org.jbuildah.engine.lint;

import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Stage;

/**
 * A base image that is not of the platform that the stage is built for, because its repository offers no other. Needs the config of the base image: works in builds, not in checks.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/invalid-base-image-platform/">Docker: build checks, InvalidBaseImagePlatform</a>
 */
final class InvalidBaseImagePlatform implements StageRule {
    @Override
    public String description() {
        return "The base image is of the platform that is built for.";
    }

    @Override
    public boolean asksForBase() {
        return true;
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        if (stage.base().isEmpty() || !(stage.stage().base() instanceof Stage.Base.Image image)) {
            return;
        }
        Platform wanted = stage.stage().platform();
        Platform actual = stage.base().get().platform();
        if (!wanted.os().equals(actual.os()) || !wanted.architecture().equals(actual.architecture())) {
            findings.report(
                    stage.stage().from(),
                    "The base image " + image.name() + " is for " + actual + ", and the build is for " + wanted + ".");
        }
    }
}
