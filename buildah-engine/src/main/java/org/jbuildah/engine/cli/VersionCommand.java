package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah version}. */
@Command(name = "version", description = "Tells the version.")
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Override
    public Integer call() {
        cli.global().console().out().println("jbuildah " + BuildEngine.version());
        return 0;
    }
}
