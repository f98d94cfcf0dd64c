package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.StepFailed;
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
    /** @return the failure, with what the user can do next */
    StepFailed of(StepFailed failure, ActiveRootfs rootfs) {
        return tools.runSettings().options().onFailure().keep() ? kept(failure, rootfs) : failure;
    }

    private StepFailed kept(StepFailed failure, ActiveRootfs rootfs) {
        try {
            List<DiffId> layers = new ArrayList<>(before.image().layers());
            layers.add(rootfs.commit());
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
        } catch (Cancelled ended) {
            throw ended;
        } catch (IOException | BuildException e) {
            return failure.withRemedy("Its root file system could not be kept: " + e.getMessage());
        }
    }

    /** For a shell, should it need that. */
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
