package org.jbuildah.engine.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.progress.EventSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah images}: what the store has. */
@Command(name = "images", description = "Lists the tagged images of the store, of an index each of its images.")
final class ImagesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only the images of that name; without a tag, of any.")
    private @Nullable String name;

    @Option(
            names = {"-q", "--quiet"},
            description = "Ids only, each once.")
    private boolean quiet;

    @Option(
            names = {"--no-trunc", "--notruncate"},
            description = "Ids whole, as sha256: and 64 digits.")
    private boolean whole;

    @Option(
            names = {"-n", "--noheading"},
            description = "No heads over the columns.")
    private boolean noHeading;

    @Option(names = "--digests", description = "With the digests of the manifests.")
    private boolean digests;

    @Option(names = "--json", description = "As JSON, with buildah's fields.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "TEMPLATE",
            description =
                    "A line for each image, with {{.ID}}, {{.Name}}, {{.Tag}}, {{.Digest}}, {{.Created}}, {{.CreatedAt}}, "
                            + "{{.CreatedAtRaw}}, {{.Size}} and {{.Platform}} in it.")
    private @Nullable String format;

    @Option(
            names = {"-a", "--all"},
            description = "Accepted without effect: there are no intermediate images.")
    @SuppressWarnings("UnusedVariable") // parsed, never read
    private boolean all;

    @Override
    public Integer call() {
        if ((quiet ? 1 : 0) + (json ? 1 : 0) + (format == null ? 0 : 1) > 1) {
            throw Cli.wrong("--quiet, --json and --format ask for different things.", "Leave one.");
        }
        Template template = format == null ? null : Template.parse("--format", format);
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            ImageList list = new ImageList(engine.images(), whole).named(name);
            lines(list, template).forEach(console.out()::println);
        }
        return 0;
    }

    private List<String> lines(ImageList list, @Nullable Template template) {
        if (template != null) {
            return list.formatted(template);
        }
        if (json) {
            return List.of(list.json());
        }
        return quiet ? list.ids() : list.table(!noHeading, digests);
    }
}
