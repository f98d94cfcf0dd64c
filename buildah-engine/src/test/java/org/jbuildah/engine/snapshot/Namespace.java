package org.jbuildah.engine.snapshot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a worker can live; tests start a JVM there, as mounts are not for the JVM of the tests. */
enum Namespace {
    REAL_ROOT(OverlayXattrs.TRUSTED, List.of("unshare", "-m", "-p", "-f", "--mount-proc")),
    FULL_MAP(OverlayXattrs.USER, List.of("unshare", "-U", "-m", "-p", "-f", "--kill-child")),
    SINGLE_ID(OverlayXattrs.USER, List.of("unshare", "-r", "-m", "-p", "-f", "--mount-proc"));

    private final OverlayXattrs xattrs;
    private final List<String> launcher;

    Namespace(OverlayXattrs xattrs, List<String> launcher) {
        this.xattrs = xattrs;
        this.launcher = launcher;
    }

    /** Why not here; empty when it works. */
    String obstacle() throws IOException, InterruptedException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (this != SINGLE_ID && !root) {
            return this + " needs root";
        }
        List<String> command = new ArrayList<>(launcher);
        command.add("true");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : this + " is not possible: " + output.strip();
    }

    /** Runs the scenarios; what each came to, by name. An empty text is a success. */
    Map<String, String> run(Path directory, String driver, Class<?> scenarios)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("sh", "-c", "echo ready; read go; mount -t proc proc /proc; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-ea", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                ScenarioProgram.class.getName(), driver, xattrs.name(), directory.toString(), scenarios.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        Map<String, String> results = new LinkedHashMap<>();
        try (BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                OutputStream input = process.getOutputStream()) {
            output.readLine();
            if (this == FULL_MAP) {
                Path proc = Path.of("/proc", String.valueOf(process.pid()));
                Files.writeString(proc.resolve("uid_map"), "0 0 65536");
                Files.writeString(proc.resolve("gid_map"), "0 0 65536");
            }
            input.write('\n');
            input.flush();
            collect(output, results);
        }
        process.waitFor();
        return results;
    }

    private static void collect(BufferedReader output, Map<String, String> results) throws IOException {
        String current = "the program itself";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ok ")) {
                results.put(line.substring(3), "");
                current = "the program itself";
            } else if (line.startsWith("measured ")) {
                System.out.println(line);
            } else if (line.startsWith("failed ")) {
                current = line.substring(7);
                results.put(current, "failed\n");
            } else {
                results.merge(current, line + "\n", String::concat);
            }
        }
    }
}
