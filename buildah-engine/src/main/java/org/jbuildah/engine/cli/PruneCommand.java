package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah prune}: gives space back. */
@Command(
        name = "prune",
        description =
                "Removes what no tagged image and no cached step needs; with --all also the cache. Tagged images stay.")
final class PruneCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Option(
            names = {"-a", "--all"},
            description = "Forgets the step cache and all unpacked layers, too.")
    private boolean all;

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            console.out().println("freed " + FinishedImage.size(engine.prune(all)));
        }
        return 0;
    }
}
