package org.jbuildah.engine.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.Volume;
import picocli.CommandLine.Option;

/** {@code --volume}, in buildah's spelling: directories and files of the machine in every RUN. */
final class VolumeFlags {
    @Option(
            names = {"-v", "--volume"},
            paramLabel = "PATH:TARGET[:ro]",
            description =
                    "A directory or file of this machine that every RUN sees, and may write unless it is read-only.")
    private List<String> volumes = new ArrayList<>();

    List<Volume> volumes() {
        return volumes.stream().map(text -> Volume.parse(text, Path.of(""))).toList();
    }
}
