package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** A shell on the user's terminal, where a RUN failed: all that the RUN saw is there, its mounts and secrets too. */
final class FailureShell {
    private static final String LINE_END = "\r\n"; // the terminal is in raw mode

    private final Terminal terminal;

    FailureShell(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Returns when the shell has ended, however it did.
     *
     * @param process of the RUN, with all its mounts
     * @param shell the stage's
     * @throws IOException if there can be no shell
     */
    void open(StepFailed failure, ActiveRootfs rootfs, ProcessSpec process, List<String> shell)
            throws IOException, InterruptedException {
        List<String> arguments = interactive(shell);
        try (Terminal.Session session = terminal.open()) {
            session.show(greeting(failure, arguments).getBytes(UTF_8));
            ExitStatus status = rootfs.run(process.onTerminal(arguments, terminal.type()), session);
            if (status instanceof ExitStatus.NotStarted missing) {
                throw new IOException("\"" + missing.program() + "\" could not be started: " + missing.errno());
            }
        }
    }

    /** The program without its options, which are for scripts: with {@code -e} the first typing error would be the last. */
    static List<String> interactive(List<String> shell) {
        return shell.subList(0, 1);
    }

    private static String greeting(StepFailed failure, List<String> shell) {
        return LINE_END + failure.what().replaceAll("\\r?\\n", LINE_END) + LINE_END + "This is "
                + String.join(" ", shell)
                + " in its root file system, with its mounts and secrets. What you change is thrown away; exit ends the build."
                + LINE_END;
    }
}
