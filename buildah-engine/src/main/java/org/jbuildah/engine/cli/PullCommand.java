package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.oci.Digest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah pull}: an image of a registry comes into the store. */
@Command(name = "pull", description = "Fetches an image into the store. Prints its id.")
final class PullCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The image's name, such as docker.io/library/debian:12.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(
            names = "--tls-verify",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: the registry may show any certificate or speak plain HTTP. Default: true.")
    private boolean tlsVerify = true;

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (Progress progress = Progress.on(console);
                BuildEngine engine = cli.global().open(progress)) {
            Digest id = engine.pull(name, tlsVerify);
            progress.finish();
            console.out().println(id.hex());
        }
        return 0;
    }
}
