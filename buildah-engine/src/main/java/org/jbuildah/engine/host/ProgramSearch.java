package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds programs on the PATH, and where distributions keep those that an ordinary user's PATH leaves out. */
final class ProgramSearch {
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:[\\\\/].*");
    private static final List<String> BESIDES = List.of(
            "/usr/local/sbin",
            "/usr/local/bin",
            "/usr/sbin",
            "/usr/bin",
            "/sbin",
            "/bin",
            "/run/wrappers/bin",
            "/run/current-system/sw/bin");

    private final HostFiles files;
    private final Set<String> directories;
    private final String suffix;

    /** @param windows whether the PATH is separated, and programs are called, as Windows does it */
    ProgramSearch(HostFiles files, Map<String, String> environment, boolean windows) {
        this.files = files;
        String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
        this.directories = new LinkedHashSet<>(List.of(path.split(windows ? ";" : ":", -1)));
        this.suffix = windows ? ".exe" : "";
        if (!windows) {
            directories.addAll(BESIDES);
        }
    }

    Optional<Path> find(String name) {
        return directories.stream()
                .filter(directory -> ABSOLUTE.matcher(directory).matches())
                .map(directory -> directory + "/" + name + suffix)
                .filter(file -> files.executableMode(file) >= 0)
                .map(Path::of)
                .findFirst();
    }

    /** Those of the names that are there, in their order; nothing is tried. */
    List<Program> all(List<String> names) {
        return names.stream()
                .flatMap(name -> find(name).map(path -> Program.untried(name, path)).stream())
                .toList();
    }
}
