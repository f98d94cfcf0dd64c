package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the result is called in the store. */
final class NameFlags {
    @Option(
            names = {"-t", "--tag"},
            paramLabel = "NAME",
            description =
                    "A name of the image, or of the index where there are several platforms; may be given several times.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--manifest",
            paramLabel = "NAME",
            description =
                    "An index that the image is added to, in place of the one that it has for the same platform; it is "
                            + "made if there is none.")
    private @Nullable String index;

    List<String> names() {
        return names;
    }

    @Nullable
    String index() {
        return index;
    }
}
