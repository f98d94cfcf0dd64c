package org.jbuildah.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.KeptRun;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.build.Reentry;
import org.jbuildah.engine.build.RunSettings;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.cache.FailedRun;
import org.jbuildah.engine.cache.FailedRuns;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.Rootfs;

/** The failed RUNs of a store, listed and entered. */
final class KeptRuns {
    private static final int OF_A_SIGNAL = 128;

    private final Assembly parts;
    private final RunSettings settings;

    KeptRuns(Assembly parts, RunSettings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    List<KeptRun> all() {
        try {
            return new FailedRuns(parts.store())
                    .all().stream()
                            .map(run -> new KeptRun(run.id(), run.failed(), run.place(), run.reason()))
                            .toList();
        } catch (IOException failure) {
            throw parts.unreadable(failure);
        }
    }

    /** @return the exit code, as a shell would tell it */
    int enter(String id, List<String> command, ModeOptions asked, OutputStream out, OutputStream err)
            throws InterruptedException {
        OutputSink output = (standardError, bytes) -> write(standardError ? err : out, bytes);
        return enter(id, asked, (entry, rootfs) -> entry.execute(command, rootfs, output));
    }

    /** @param command empty for the shell of the RUN's stage */
    int enter(String id, List<String> command, ModeOptions asked, Terminal terminal) throws InterruptedException {
        return enter(id, asked, (entry, rootfs) -> entry.execute(command, rootfs, terminal));
    }

    private interface Visit {
        ExitStatus make(Reentry entry, Rootfs rootfs) throws IOException, InterruptedException;
    }

    private int enter(String id, ModeOptions asked, Visit visit) throws InterruptedException {
        try (WorkerDoor worker = parts.worker(asked)) {
            FailedRun run = new FailedRuns(parts.store()).find(id);
            return codeOf(visit.make(new Reentry(run, settings), worker.rootfs()));
        } catch (IOException failure) {
            throw new StepFailed(FailureCode.STEP_IO, String.valueOf(failure.getMessage()), "", failure);
        }
    }

    private static void write(OutputStream stream, byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }

    private static int codeOf(ExitStatus status) {
        if (status instanceof ExitStatus.NotStarted missing) {
            throw new StepFailed(
                    FailureCode.RUN_NOT_STARTED,
                    "\"" + missing.program() + "\" could not be started in the image: " + missing.errno() + ".",
                    missing.errno().equals("ENOENT")
                            ? "Name a program that the image has; one FROM scratch has no shell."
                            : "");
        }
        if (status instanceof ExitStatus.Killed killed) {
            return OF_A_SIGNAL + killed.signal();
        }
        return status instanceof ExitStatus.Exited exited ? exited.code() : 1;
    }
}
