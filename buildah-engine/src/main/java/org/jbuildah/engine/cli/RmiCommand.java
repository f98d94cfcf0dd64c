package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.Untagged;
import org.jbuildah.engine.progress.EventSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah rmi}: images lose their names, and with the last one their place in the list. */
@Command(
        name = "rmi",
        description =
                "Takes images out of the store's list. Prints the names, and the ids of those that have none left; what "
                        + "nothing else needs of them goes with the next prune.")
final class RmiCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "A name, which alone is taken away; or an id, or the beginning of one.")
    private List<String> images = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "An id may stand for an image with several names.")
    private boolean force;

    @Option(
            names = {"-a", "--all"},
            description = "All that the store lists.")
    private boolean all;

    @Override
    public Integer call() {
        if (all != images.isEmpty()) {
            throw Cli.wrong(
                    all ? "--all and names ask for different things." : "No image is named.",
                    "Write the name of an image, or --all.");
        }
        Cli.Console console = cli.global().console();
        BuildException first = null;
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            for (String image : all ? names(engine) : images) {
                BuildException failure = remove(engine, image, console);
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first; // after the others have gone
        }
        return 0;
    }

    private static Iterable<String> names(BuildEngine engine) {
        return new LinkedHashSet<>(
                engine.images().stream().map(ImageSummary::name).toList());
    }

    private @Nullable BuildException remove(BuildEngine engine, String image, Cli.Console console) {
        try {
            Untagged untagged = engine.untag(image, force);
            untagged.names().forEach(name -> console.out().println("untagged: " + name));
            if (untagged.gone() != null) {
                console.out().println(untagged.gone().hex());
            }
            return null;
        } catch (BuildException failure) {
            return failure;
        }
    }
}
