package org.jbuildah.engine.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah images}: what the store has. */
@Command(name = "images", description = "Lists the tagged images of the store.")
final class ImagesCommand implements Callable<Integer> {
    private static final int SHORT_ID = 12;
    private static final String ROW = "%-50s %-12s %-15s %-20s %s%n";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Override
    public Integer call() {
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            List<ImageSummary> images = engine.images();
            console.out().printf(ROW, "NAME", "IMAGE ID", "PLATFORM", "CREATED", "SIZE");
            for (ImageSummary image : images) {
                Instant created = image.created();
                console.out()
                        .printf(
                                ROW,
                                image.name(),
                                image.imageId().hex().substring(0, SHORT_ID),
                                image.platform(),
                                created == null
                                        ? "-"
                                        : created.toString().substring(0, 19).replace('T', ' '),
                                FinishedImage.size(image.sizeInBytes()));
            }
        }
        return 0;
    }
}
