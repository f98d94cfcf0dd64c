package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.worker.Namespaces;

/** What is tried on the machine; in tests, answers that were prepared. An answer is what went wrong, and empty if nothing did. */
interface Trials {
    String userNamespace(List<String> unshare);

    String mountNamespace(List<String> unshare);

    String idMap(List<String> unshare, Path shell, Namespaces.SubIds ids);

    /** Opens a device for reading and writing. */
    String open(String device);

    /** Runs a short command to its end. */
    Said run(List<String> command);

    /**
     * The end of a command.
     *
     * @param exit its code; negative if it could not be started or had to be stopped
     * @param text what it wrote, both streams
     */
    record Said(int exit, String text) {
        boolean success() {
            return exit == 0;
        }

        String firstLine() {
            return text.strip().lines().findFirst().orElse("").strip();
        }
    }
}
