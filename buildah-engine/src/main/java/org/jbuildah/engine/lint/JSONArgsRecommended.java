package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.Instruction;

/**
 * CMD or ENTRYPOINT in shell form: the shell becomes the first process of the container, and does not pass signals on, so that {@code docker stop} waits in vain. Where SHELL was set, the author has thought of a shell.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/json-args-recommended/">Docker: build checks, JSONArgsRecommended</a>
 */
final class JSONArgsRecommended implements StageRule {
    @Override
    public String description() {
        return "CMD and ENTRYPOINT are written as JSON arrays, so that the process gets the signals.";
    }

    @Override
    public boolean asksForBase() {
        return true;
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        boolean shellSet = stage.base()
                        .map(config -> config.container().shell())
                        .filter(shell -> !shell.isEmpty())
                        .isPresent()
                || stage.inherited().stream().anyMatch(Instruction.Shell.class::isInstance);
        for (Instruction instruction : stage.stage().instructions()) {
            shellSet |= instruction instanceof Instruction.Shell;
            if (!shellSet && instruction instanceof Instruction.Cmd cmd) {
                judge("CMD", cmd, cmd.command(), findings);
            } else if (!shellSet && instruction instanceof Instruction.Entrypoint entrypoint) {
                judge("ENTRYPOINT", entrypoint, entrypoint.command(), findings);
            }
        }
    }

    private static void judge(String keyword, Instruction place, Instruction.Command command, Findings findings) {
        if (command instanceof Instruction.Command.Shell) {
            findings.report(
                    place,
                    keyword + " is in shell form, so that the process does not get the signals of docker stop; write "
                            + keyword + " [\"COMMAND\", \"ARGUMENT\"].");
        }
    }
}
