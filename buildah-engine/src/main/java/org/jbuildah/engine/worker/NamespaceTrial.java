package org.jbuildah.engine.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tries the namespaces of a worker with nothing in them: the answer where security modules and system call filters decide. */
public final class NamespaceTrial {
    private NamespaceTrial() {}

    /**
     * Tries it, in a few milliseconds.
     *
     * @param unshare the tool, one word, or two for busybox
     * @return what the tool said; empty if it worked
     */
    public static String refusal(List<String> unshare) {
        List<String> command = new ArrayList<>(unshare);
        // mount and pid namespaces too: AppArmor allows the user namespace and then denies what root of it may do
        command.addAll(List.of("-U", "-r", "-m", "-p", "-f", "true"));
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
}
