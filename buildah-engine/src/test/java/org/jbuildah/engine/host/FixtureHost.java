package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.worker.Namespaces;
import org.jspecify.annotations.Nullable;

/** A machine made of texts; read by the real probe. */
final class FixtureHost implements HostFiles, Trials {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> programs = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, Trials.Said> commands = new HashMap<>();
    private final Set<String> devices = new HashSet<>();
    /** What was tried, in words. */
    final List<String> trials = new ArrayList<>();

    private String refusal = "";
    private String rootRefusal = "";
    private String idMapRefusal = "";

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

    /** What {@code unshare} says to root. */
    FixtureHost refusingRoot(String text) {
        rootRefusal = text;
        return this;
    }

    /** What newuidmap says. */
    FixtureHost refusingIdMaps(String text) {
        idMapRefusal = text;
        return this;
    }

    /** What a command line says; one that was not prepared cannot be started. */
    FixtureHost saying(String command, int exit, String text) {
        commands.put(command, new Trials.Said(exit, text));
        return this;
    }

    /** One that can be opened. */
    FixtureHost device(String path) {
        devices.add(path);
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
        return facts(EnumSet.allOf(TrialSubject.class));
    }

    HostFacts facts(Set<TrialSubject> subjects) {
        return new HostProbe(this, environment, properties, this)
                .probe(Path.of("/home/alice/.local/share/jbuildah"), subjects);
    }

    @Override
    public String userNamespace(List<String> unshare) {
        trials.add("user namespace");
        return refusal;
    }

    @Override
    public String mountNamespace(List<String> unshare) {
        trials.add("mount namespace");
        return rootRefusal;
    }

    @Override
    public String idMap(List<String> unshare, Path shell, Namespaces.SubIds ids) {
        trials.add("id map");
        return idMapRefusal;
    }

    @Override
    public String open(String device) {
        return devices.contains(device) ? "" : "there is none";
    }

    @Override
    public Said run(List<String> command) {
        String line = String.join(" ", command);
        trials.add(line);
        return commands.getOrDefault(line, new Said(-1, "cannot be started"));
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
