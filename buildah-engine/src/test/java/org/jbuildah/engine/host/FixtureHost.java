package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine made of texts; read by the real probe. */
final class FixtureHost implements HostFiles {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> programs = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    final List<List<String>> trials = new ArrayList<>();
    private String refusal = "";

    FixtureHost file(String path, String text) {
        texts.put(path, text);
        return this;
    }

    FixtureHost without(String path) {
        texts.remove(path);
        programs.remove(path);
        return this;
    }

    FixtureHost program(String path, int mode) {
        programs.put(path, mode);
        return this;
    }

    FixtureHost environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    FixtureHost property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** What {@code unshare} says when it is tried. */
    FixtureHost refusing(String text) {
        refusal = text;
        return this;
    }

    /** A user's {@code /proc/self/status}. */
    FixtureHost process(int uid, long effective, long bounding, boolean noNewPrivs, boolean seccomp) {
        return file(
                "/proc/self/status",
                String.format(
                        Locale.ROOT,
                        """
                        Name:\tjava
                        Uid:\t%1$d\t%1$d\t%1$d\t%1$d
                        Gid:\t%1$d\t%1$d\t%1$d\t%1$d
                        CapPrm:\t%2$016x
                        CapEff:\t%2$016x
                        CapBnd:\t%3$016x
                        NoNewPrivs:\t%4$d
                        Seccomp:\t%5$d
                        """,
                        uid,
                        effective,
                        bounding,
                        noNewPrivs ? 1 : 0,
                        seccomp ? 2 : 0));
    }

    HostFacts facts() {
        return new HostProbe(this, environment, properties, command -> {
                    trials.add(command);
                    return refusal;
                })
                .probe(Path.of("/home/alice/.local/share/jbuildah"));
    }

    @Override
    public @Nullable String text(String path) {
        return texts.get(path);
    }

    @Override
    public boolean exists(String path) {
        return texts.containsKey(path);
    }

    @Override
    public boolean opens(String device) {
        return texts.containsKey(device);
    }

    @Override
    public List<String> names(String directory) {
        return texts.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .map(path -> path.substring(directory.length() + 1))
                .sorted()
                .toList();
    }

    @Override
    public int executableMode(String path) {
        return programs.getOrDefault(path, -1);
    }

    @Override
    public Path resolved(Path path) {
        return path;
    }
}
