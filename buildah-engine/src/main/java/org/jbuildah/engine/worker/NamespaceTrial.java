package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the namespaces of a worker with nothing in them, in a few milliseconds: the answer where security modules and system call filters
 * decide. Each trial returns what the tool said, and nothing if it worked.
 */
public final class NamespaceTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private NamespaceTrial() {}

    /**
     * A user namespace with a single id, and what its root does first.
     *
     * @param unshare the tool, one word, or two for busybox
     */
    public static String ofUser(List<String> unshare) {
        // mount and pid namespaces too: AppArmor allows the user namespace and then denies what root of it may do
        return said(unshare, "-U", "-r", "-m", "-p", "-f", "true");
    }

    /** Root's way, without a user namespace: the tool makes its mounts private, which a container's AppArmor profile denies to root, too. */
    public static String ofRoot(List<String> unshare) {
        return said(unshare, "-m", "-p", "-f", "true");
    }

    private static String said(List<String> unshare, String... words) {
        List<String> command = new ArrayList<>(unshare);
        command.addAll(List.of(words));
        try {
            WorkerProcess.run(command);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** A user namespace into which newuidmap and newgidmap map the user's ranges. */
    public static String ofIdMap(List<String> unshare, Path shell, Namespaces.SubIds ids) {
        List<String> command = new ArrayList<>(unshare);
        command.addAll(List.of("-U", "-m", "-p", "-f", shell.toString(), "-c", WorkerCommand.START, "sh", "true"));
        try {
            WorkerProcess process = WorkerProcess.start(command);
            try {
                process.enter(ids);
                return process.ended(PATIENCE) && process.succeeded() ? "" : process.epitaph();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
