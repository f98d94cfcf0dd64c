package org.jbuildah.engine.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah tag}: an image gets further names. */
@Command(name = "tag", description = "Gives an image or index of the store further names.")
final class TagCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "A name, an id, or the beginning of an id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "What it is called, too.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> names;

    @Override
    public Integer call() throws InterruptedException {
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            engine.tag(image, names);
        }
        return 0;
    }
}
