package org.jbuildah.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah build}: one Dockerfile, one image, or one for each of several platforms. */
@Command(
        name = "build",
        aliases = "bud",
        description = "Builds an image from a Dockerfile. The last line of standard output is the image's id.")
final class BuildCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Mixin
    private final InputFlags input = new InputFlags();

    @Mixin
    private final StageFlags stages = new StageFlags();

    @Mixin
    private final NameFlags names = new NameFlags();

    @Mixin
    private final ImageFlags image = new ImageFlags();

    @Mixin
    private final ResultFlags results = new ResultFlags();

    @Mixin
    @SuppressWarnings("UnusedVariable") // parsed, never read
    private final FlagsWithoutEffect withoutEffect = new FlagsWithoutEffect();

    @Mixin
    private final ModeFlags modes = new ModeFlags();

    @Option(
            names = "--pull",
            arity = "0..1",
            fallbackValue = "always",
            paramLabel = "POLICY",
            description = "missing, always, newer or never; always where no value is given. Default: missing.")
    private String pull = "missing";

    @Mixin
    private final RegistryFlags registries = new RegistryFlags();

    @Option(names = "--no-cache", description = "Runs every step again.")
    private boolean noCache;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "type=TYPE,dest=PATH",
            description =
                    "A further place for the image (type oci, oci-archive, docker-archive) or for its files (local, tar; or a directory, or -).")
    private List<String> outputs = new ArrayList<>();

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing but the image's id, unless the build fails.")
    private boolean quiet;

    @Option(
            names = "--logfile",
            paramLabel = "FILE",
            description = "A file that receives the progress and what RUNs write, in place of standard error.")
    private @Nullable Path logFile;

    @Mixin
    private RunFlags runs = new RunFlags();

    @Mixin
    private final FailureFlags failures = new FailureFlags();

    @Mixin
    private final CheckFlags checks = new CheckFlags();

    @Mixin
    private SecretFlags secrets = new SecretFlags();

    @Mixin
    private VolumeFlags volumes = new VolumeFlags();

    @Mixin
    private final HelperFlags helper = new HelperFlags();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Cli.Console console = cli.global().console();
        BuildahEnvironment.check(console.environment());
        UserTerminal terminal = failures.terminal(console.environment());
        BuildRequest request = request(console.environment(), terminal);
        if (checks.asked()) {
            return checks.run(request, console);
        }
        try (Progress progress = progress(console, terminal);
                BuildEngine engine = cli.global().open(progress, registries.credentials(console.environment()))) {
            BuildResult result = engine.build(request);
            progress.finish();
            new FinishedImage(result).lines().forEach(progress::line);
            boolean outIsTaken = request.outputs().stream().anyMatch(Output.TarStream.class::isInstance);
            (outIsTaken ? console.err() : console.out())
                    .println(result.imageId().hex());
        }
        return 0;
    }

    private Progress progress(Cli.Console console, @Nullable UserTerminal terminal) {
        return terminal == null ? progress(console) : new PausedProgress(progress(console), terminal);
    }

    private Progress progress(Cli.Console console) {
        if (logFile != null) {
            return LogFile.open(logFile);
        }
        return quiet ? new QuietProgress() : Progress.on(console);
    }

    private BuildRequest request(Map<String, String> environment, @Nullable UserTerminal terminal) {
        Map<String, String> args = input.arguments(environment);
        return BuildRequest.of(input.input())
                .names(names.names())
                .index(names.index())
                .args(args)
                .stages(stages.options())
                .modes(modes.options(cli.global()))
                .pull(Words.pull("--pull", pull))
                .registries(registries.options())
                .useCache(!noCache && !runs.neverCached())
                .runs(runs.options(environment)
                        .withOnFailure(failures.onFailure(terminal))
                        .withLent(
                                new Lent(secrets.secrets(environment), secrets.agents(environment), volumes.volumes())))
                .image(image.options(environment, args))
                .outputs(outputs.stream()
                        .map(value ->
                                OutputOption.parse(value, cli.global().console().out()))
                        .toList())
                .files(results.files())
                .helper(helper.options(environment))
                .build();
    }
}
