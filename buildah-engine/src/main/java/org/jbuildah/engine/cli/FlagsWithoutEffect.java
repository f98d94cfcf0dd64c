package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options that scripts written for docker and buildah pass and that have nothing to act upon here: there are no intermediate containers
 * to remove, the context is not sent anywhere, layers are compressed when they are pushed,
 * and no label names the builder.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md">buildah-build(1)</a>, which has most of them for
 *     the same reason
 */
@SuppressWarnings("UnusedVariable") // parsed, never read
final class FlagsWithoutEffect {
    @Option(
            names = {
                "--rm",
                "--force-rm",
                "--compress",
                "--disable-content-trust",
                "--disable-compression",
                "-D",
                "--identity-label"
            },
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Accepted without effect.")
    private List<Boolean> ignored = new ArrayList<>();

    @Option(
            names = "--layer-label",
            paramLabel = "NAME[=VALUE]",
            description = "Accepted without effect: it labels intermediate images, and there are none.")
    private List<String> layerLabels = new ArrayList<>();

    @Option(names = "--loglevel", paramLabel = "NUMBER", description = "Accepted without effect.")
    private @Nullable String logLevel;
}
