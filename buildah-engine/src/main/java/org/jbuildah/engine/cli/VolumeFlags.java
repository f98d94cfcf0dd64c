package org.jbuildah.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Volume;
import picocli.CommandLine.Option;

/** {@code --volume}, in buildah's spelling: directories and files of the machine in every RUN. */
final class VolumeFlags {
    /** Words about SELinux labels and mount propagation, which mean nothing in a box of its own. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("z", "Z", "private", "rprivate", "slave", "rslave", "bind", "rbind", "nodev", "nosuid");

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "PATH:TARGET[:ro]",
            description =
                    "A directory or file of this machine that every RUN sees, and may write unless it is read-only.")
    private List<String> volumes = new ArrayList<>();

    List<Volume> volumes() {
        return volumes.stream().map(VolumeFlags::volume).toList();
    }

    private static Volume volume(String word) {
        String[] parts = word.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || !parts[1].startsWith("/")) {
            throw Cli.wrong(
                    "--volume \"" + word + "\" does not say what is seen where.",
                    "Write PATH:TARGET or PATH:TARGET:ro, the target from the root on.");
        }
        if (parts[1].matches("/*")) {
            throw Cli.wrong("--volume \"" + word + "\" would cover the whole image.", "Choose a directory below it.");
        }
        Path path = Path.of(parts[0]).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw Cli.wrong("--volume \"" + word + "\": there is no " + path + ".", "It is not made; make it before.");
        }
        boolean readOnly = false;
        for (String option : parts.length == 3 ? parts[2].split(",", -1) : new String[0]) {
            if (option.equals("ro") || option.equals("rw")) {
                readOnly = option.equals("ro");
            } else if (!WITHOUT_EFFECT.contains(option)) {
                throw Cli.wrong(
                        "--volume \"" + word + "\" has the option \"" + option + "\", which jbuildah does not have.",
                        "The options are ro and rw.");
            }
        }
        return new Volume(path, parts[1], readOnly);
    }
}
