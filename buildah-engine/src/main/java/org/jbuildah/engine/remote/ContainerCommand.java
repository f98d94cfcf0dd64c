package org.jbuildah.engine.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The command lines of {@code docker} and {@code podman}, as values; {@link ContainerTool} alone starts them.
 *
 * <p>Laws: no password, secret or build argument is part of one, since everybody on a machine can read command lines, and whoever may ask
 * the daemon can read a container's. No privilege is asked for but what a user namespace and its mounts need: neither
 * {@code --privileged} nor a capability nor a device.
 *
 * @param tool {@code docker} or {@code podman}, by its path
 * @param name of the container
 */
record ContainerCommand(String tool, String name) {
    private static final String STORE = "/var/lib/jbuildah";
    private static final String VOLUMES = "/mnt/jbuildah/";
    private static final String MAIN_CLASS = "org.jbuildah.engine.HelperMain";

    /** @param tool by its path */
    static ContainerCommand of(String tool) {
        return new ContainerCommand(
                tool,
                "jbuildah-" + ProcessHandle.current().pid() + "-"
                        + UUID.randomUUID().toString().substring(0, 8));
    }

    /** As people call it. */
    String toolName() {
        String file = tool.substring(Math.max(tool.lastIndexOf('/'), tool.lastIndexOf('\\')) + 1);
        return file.endsWith(".exe") ? file.substring(0, file.length() - ".exe".length()) : file;
    }

    /**
     * Makes the container, whose image is fetched where it is not there.
     *
     * @param image with a Java runtime and {@code unshare}
     * @param store the name of the volume that keeps layers and cache from build to build
     * @param classPath of the container's JVM
     * @param volumes of this machine, in the order of {@link #volume}
     */
    List<String> create(String image, String store, String classPath, List<Lending> volumes) {
        List<String> command = new ArrayList<>(List.of(
                tool,
                "create",
                "--rm",
                "--interactive",
                "--attach=stdin", // so that the container's standard input ends with ours
                "--attach=stdout",
                "--attach=stderr",
                "--name=" + name,
                "--label=org.jbuildah.helper=true",
                "--log-driver=none", // what is said on the channel belongs into no log of the daemon
                "--user=0:0",
                "--network=host", // as a native build's RUN has it
                "--workdir=/",
                "--env=LC_ALL=C.UTF-8",
                "--security-opt=seccomp=unconfined",
                "--security-opt=apparmor=unconfined",
                "--mount=type=volume,source=" + store + ",target=" + STORE));
        for (int i = 0; i < volumes.size(); i++) {
            command.add("--mount=" + mount(volumes.get(i), i));
        }
        command.addAll(List.of("--entrypoint=java", image));
        command.addAll(java(classPath));
        return command;
    }

    private static List<String> java(String classPath) {
        return List.of(
                "-Xrs", // a Ctrl-C is the other side's to handle
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                classPath,
                MAIN_CLASS,
                STORE);
    }

    /** A directory or file of this machine, by a path as this machine writes it: {@code /home/me/x} or {@code C:\Users\me\x}. */
    record Lending(String path, boolean readOnly) {}

    /** Where the container has the volume of that index. */
    static String volume(int index) {
        return VOLUMES + index;
    }

    /** The fields are those of a CSV record: one with a comma or a quote stands in quotes. A colon means nothing, not even behind a drive. */
    private static String mount(Lending lending, int index) {
        return "type=bind," + field("source=" + lending.path()) + ",target=" + volume(index)
                + (lending.readOnly() ? ",readonly" : "");
    }

    private static String field(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Unpacks a tar from standard input into the container, wherever the daemon runs. */
    List<String> copyIn() {
        return List.of(tool, "cp", "-", name + ":/");
    }

    /** Starts the container and joins this side's streams with its. */
    List<String> start() {
        return List.of(tool, "start", "--attach", "--interactive", name);
    }

    /** Ends the container, whatever it does, and removes it. */
    List<String> remove() {
        return List.of(tool, "rm", "--force", name);
    }
}
