package org.jbuildah.engine.cli;

import java.util.Map;
import org.jbuildah.engine.api.OnFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of a RUN that failed. Our own options: buildah has none for it. */
final class FailureFlags {
    @Option(
            names = "--keep-failed",
            description = "Keeps the root file system of a RUN that fails, to be looked at with \"jbuildah enter\".")
    private boolean keep;

    @Option(
            names = "--shell-on-failure",
            description = "Opens a shell, on this terminal, in the root file system of a RUN that fails.")
    private boolean shell;

    /** Where the shell is to be opened; null if none is asked for. */
    @Nullable
    UserTerminal terminal(Map<String, String> environment) {
        if (!shell) {
            return null;
        }
        return UserTerminal.find(environment)
                .orElseThrow(() -> Cli.wrong(
                        "--shell-on-failure needs a terminal, and this build has none.",
                        "Use --keep-failed, and look into what it keeps with \"jbuildah enter\"."));
    }

    OnFailure onFailure(@Nullable UserTerminal terminal) {
        return OnFailure.NOTHING.withKeep(keep).withShell(terminal);
    }
}
