package org.jbuildah.engine.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah push}: an image of the store goes to a registry or a file. */
@Command(
        name = "push",
        description =
                "Sends an image of the store elsewhere. Prints the digest of the manifest as it was written there.")
final class PushCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the image or index, or the image's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DEST",
            description =
                    "docker://REFERENCE, oci:PATH[:TAG], oci-archive:PATH or docker-archive:PATH. Default: the registry in NAME.")
    private @Nullable String destination;

    @Mixin
    private final RegistryFlags registries = new RegistryFlags();

    @Option(names = "--all", description = "Accepted without effect: of an index, all images are sent in any case.")
    @SuppressWarnings("UnusedVariable") // parsed, never read
    private boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing but the digest, unless it fails.")
    private boolean quiet;

    @Option(
            names = "--digestfile",
            paramLabel = "FILE",
            description = "A file that receives the digest of the manifest as it was written there.")
    private @Nullable Path digestFile;

    @Option(names = "--format", paramLabel = "FORMAT", description = "oci or docker. Default: as it was built.")
    private @Nullable String format;

    @Mixin
    private final CompressionFlags compression = new CompressionFlags();

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        Boolean docker = format == null ? null : Words.dockerFormat(format);
        try (Progress progress = quiet ? new QuietProgress() : Progress.on(console);
                BuildEngine engine = cli.global().open(progress, registries.credentials(console.environment()))) {
            Digest written = engine.push(name, destination, docker, compression.compression(), registries.options());
            progress.finish();
            if (digestFile != null) {
                ResultFile.write("--digestfile", digestFile, written.toString());
            }
            console.out().println(written);
        }
        return 0;
    }
}
