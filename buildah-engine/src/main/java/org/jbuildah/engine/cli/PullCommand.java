package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.oci.Digest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final RegistryFlags registries = new RegistryFlags();

    @Mixin
    private final PlatformFlags platforms = new PlatformFlags();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "always, missing, newer (ifnewer) or never. Default: always.")
    private String policy = "always";

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing but the id, unless it fails.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (Progress progress = quiet ? new QuietProgress() : Progress.on(console);
                BuildEngine engine = cli.global().open(progress, registries.credentials(console.environment()))) {
            Digest id = engine.pull(name, platforms.only(), Words.pull("--policy", policy), registries.options());
            progress.finish();
            console.out().println(id.hex());
        }
        return 0;
    }
}
