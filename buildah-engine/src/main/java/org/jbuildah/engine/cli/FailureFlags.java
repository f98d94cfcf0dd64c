package org.jbuildah.engine.cli;

import org.jbuildah.engine.api.OnFailure;
import picocli.CommandLine.Option;

/** What a build leaves of a RUN that failed. Our own options: buildah has none for it. */
final class FailureFlags {
    @Option(
            names = "--keep-failed",
            description = "Keeps the root file system of a RUN that fails, to be looked at with \"jbuildah enter\".")
    private boolean keep;

    OnFailure onFailure() {
        return OnFailure.NOTHING.withKeep(keep);
    }
}
