package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.OnFailure;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.cache.FailedRun;
import org.jbuildah.engine.cache.FailedRuns;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * What is done once a RUN has failed, as the request asks for it. Whatever goes wrong here, the failure that counts is the RUN's.
 *
 * @param process of the RUN, as it is without secrets and proxies
 * @param place the instruction's
 * @param mounted whether more was mounted than is for every RUN
 * @param before the state that the RUN began with
 */
record Aftermath(ProcessSpec process, String place, boolean mounted, StageState before, StepTools tools) {
    /**
     * @param rootfs as the process left it
     * @param furnished the process with its mounts
     * @return the failure, with what the user can do next
     */
    StepFailed of(StepFailed failure, ActiveRootfs rootfs, ProcessSpec furnished) throws InterruptedException {
        OnFailure wanted = tools.runSettings().options().onFailure();
        Terminal terminal = wanted.shell();
        try {
            if (!wanted.keep()) {
                return terminal == null ? failure : afterShell(terminal, failure, rootfs, furnished);
            }
            List<DiffId> layers = new ArrayList<>(before.image().layers());
            layers.add(rootfs.commit());
            StepFailed kept = kept(failure, layers);
            if (terminal == null) {
                return kept;
            }
            // what is kept is what the RUN left, whatever is done in the shell
            try (ActiveRootfs copy = tools.rootfs().prepare(layers)) {
                return afterShell(terminal, kept, copy, furnished);
            }
        } catch (Cancelled ended) {
            throw ended;
        } catch (IOException | BuildException e) {
            return failure.withRemedy("Its root file system could not be kept: " + e.getMessage());
        }
    }

    private StepFailed afterShell(Terminal terminal, StepFailed failure, ActiveRootfs rootfs, ProcessSpec furnished)
            throws InterruptedException {
        try {
            new FailureShell(terminal)
                    .open(
                            failure,
                            rootfs,
                            furnished,
                            ConfigSteps.shell(before.image().container()));
            return failure;
        } catch (IOException e) {
            return failure.withRemedy("There was no shell for you: " + e.getMessage() + ".");
        }
    }

    private StepFailed kept(StepFailed failure, List<DiffId> layers) throws IOException {
        FailedRun run = new FailedRun(
                Instant.now(tools.runSettings().clock()),
                place,
                failure.what(),
                layers,
                process.arguments(),
                process.environment(),
                process.workingDirectory(),
                process.credentials(),
                process.network(),
                List.copyOf(process.grants().capabilities()),
                ConfigSteps.shell(before.image().container()));
        new FailedRuns(tools.store()).keep(run);
        return failure.withRemedy("Its root file system is kept; enter it with: jbuildah --root "
                + quoted(tools.store().root().toString()) + " enter " + run.id()
                + (mounted ? "\nWhat was mounted for the RUN, secrets too, is not in there." : ""));
    }

    /** For a shell, should it need that. */
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
