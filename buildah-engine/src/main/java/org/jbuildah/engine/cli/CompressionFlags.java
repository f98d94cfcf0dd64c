package org.jbuildah.engine.cli;

import org.jbuildah.engine.api.LayerCompression;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How layers are packed on their way out. */
final class CompressionFlags {
    @Option(
            names = "--compression-format",
            paramLabel = "FORMAT",
            description =
                    "How layers are packed: gzip or zstd. Default: gzip for a registry, and as they are stored elsewhere.")
    private @Nullable String kind;

    @Option(names = "--compression-level", paramLabel = "N", description = "1 to 9 for gzip, 1 to 20 for zstd.")
    private @Nullable Integer level;

    @Option(
            names = "--force-compression",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "True: layers that were pulled packed in another way are packed anew.")
    private boolean force;

    LayerCompression compression() {
        return LayerCompression.of(kind, level, force);
    }
}
