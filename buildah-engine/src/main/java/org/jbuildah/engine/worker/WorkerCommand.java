package org.jbuildah.engine.worker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jbuildah.engine.linux.IdMap.Range;

/** The command lines that start a worker, as values; {@link WorkerProcess} alone starts them. */
final class WorkerCommand {
    /**
     * Events keep the pipe on descriptor 3; whatever the JVM prints by itself goes to standard error. Then the shell says that its
     * namespaces exist, and waits for the line that says that its ids are mapped. A POSIX shell reads that line byte by byte, so
     * the worker finds the rest of its standard input untouched.
     */
    static final String START = "exec 3>&1 1>&2; echo >&3; read -r mapped; exec \"$@\"";

    private WorkerCommand() {}

    static List<String> unshare(WorkerSettings settings, List<String> worker) {
        List<String> command = new ArrayList<>();
        if (settings.namespaces() instanceof Namespaces.None) {
            command.addAll(List.of(settings.shell().toString(), "-c", START, "sh"));
            command.addAll(worker);
            return command;
        }
        command.addAll(settings.unshare());
        if (settings.namespaces() instanceof Namespaces.SingleId) {
            // maps before the exec: under no_new_privs an exec with unmapped ids would lose all capabilities for good
            command.addAll(List.of("-U", "-r"));
        } else if (settings.namespaces().userNamespace()) {
            command.add("-U");
        }
        command.addAll(List.of("-m", "-p", "-f", settings.shell().toString(), "-c", START, "sh"));
        command.addAll(worker);
        return command;
    }

    /**
     * The worker's JVM.
     *
     * @param feature the feature release, such as 17
     * @param options more of them
     */
    static List<String> java(Path javaHome, int feature, List<String> options, List<Path> classpath, String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        // not -XX:TieredStopAtLevel=1: only the second compiler knows SHA-256 in hardware, 1.5 GB/s against 0.1
        command.addAll(List.of(
                "-Xrs", // a RUN with CAP_KILL may signal its ancestors; HUP, TERM and QUIT do nothing then
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Xss512k",
                "-Xshare:auto",
                "-XX:-UsePerfData", // no file in /tmp
                "-XX:-UseContainerSupport", // the heap has its size: no need to read cgroup files again and again
                "-XX:-MaxFDLimit", // what RUN starts inherits the soft limit as the user has it
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        if (feature >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (feature >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.add("-cp");
        command.add(classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass);
        return command;
    }

    /** {@code newuidmap} or {@code newgidmap}: the tool, the process, then three numbers a range. */
    static List<String> idMap(Path tool, long pid, List<Range> ranges) {
        List<String> command = new ArrayList<>(List.of(tool.toString(), Long.toString(pid)));
        for (Range range : ranges) {
            command.add(Long.toString(range.inside()));
            command.add(Long.toString(range.outside()));
            command.add(Long.toString(range.count()));
        }
        return command;
    }

    /** The text of {@code /proc/PID/uid_map}; it must be written at once. */
    static String idMapText(List<Range> ranges) {
        return ranges.stream()
                .map(range -> range.inside() + " " + range.outside() + " " + range.count() + "\n")
                .collect(Collectors.joining());
    }
}
