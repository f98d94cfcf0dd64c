package org.jbuildah.engine.cli;

import java.nio.file.Path;
import org.jbuildah.engine.api.ResultFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code build} that name files for what came out. */
final class ResultFlags {
    @Option(names = "--iidfile", paramLabel = "FILE", description = "A file that receives sha256: and the image's id.")
    private @Nullable Path idFile;

    @Option(
            names = {"--iidfile-raw", "--raw-iidfile"},
            paramLabel = "FILE",
            description = "A file that receives the image's id, the 64 digits alone.")
    private @Nullable Path bareIdFile;

    @Option(
            names = "--metadata-file",
            paramLabel = "FILE",
            description = "A file that receives digests and names in JSON, as docker buildx writes it.")
    private @Nullable Path metadataFile;

    ResultFiles files() {
        return new ResultFiles(idFile, bareIdFile, metadataFile);
    }
}
