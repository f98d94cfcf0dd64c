package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah info}: the store, the machine, and how a RUN would be carried out here. */
@Command(name = "info", description = "Tells where the store is and how RUN would be carried out on this machine.")
final class InfoCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Mixin
    private ModeFlags modes = new ModeFlags();

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            engine.info(modes.options(cli.global())).forEach(console.out()::println);
        }
        return 0;
    }
}
