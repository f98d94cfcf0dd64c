package org.jbuildah.engine.worker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.linux.IdMap;

/**
 * Processes on the launcher's side: the only class of this room that starts any.
 *
 * <p>The process that Java knows is the {@code unshare} tool; the worker is its child. Whether the worker lives is told by the pipe
 * of events alone: a Ctrl-C may end the tool before the worker.
 */
final class WorkerProcess {
    private final Process unshare;
    private final StandardErrorTail standardError;

    private WorkerProcess(Process unshare) {
        this.unshare = unshare;
        this.standardError = new StandardErrorTail(unshare.getErrorStream(), "jbuildah-worker-stderr");
    }

    /** Starts the tool and the shell behind it; ids are not mapped yet and the worker's JVM does not exist. */
    static WorkerProcess start(List<String> command) throws IOException {
        return new WorkerProcess(begin(command));
    }

    /** Waits until the namespaces exist, maps ids where the settings say so, and lets the worker's JVM begin. */
    void enter(Namespaces namespaces) throws IOException, InterruptedException {
        if (unshare.getInputStream().read() != '\n') {
            throw new IOException("namespaces could not be made: " + epitaph());
        }
        if (namespaces instanceof Namespaces.SubIds subIds) {
            // the group map first would do as well; neither tool needs the other's work
            run(WorkerCommand.idMap(
                    subIds.newgidmap(), unshare.pid(), subIds.idMap().gids()));
            run(WorkerCommand.idMap(
                    subIds.newuidmap(), unshare.pid(), subIds.idMap().uids()));
        } else if (namespaces instanceof Namespaces.OwnIds ownIds) {
            writeMaps(ownIds.idMap());
        }
        unshare.getOutputStream().write('\n');
        unshare.getOutputStream().flush();
    }

    private void writeMaps(IdMap map) throws IOException {
        Path process = Path.of("/proc", Long.toString(unshare.pid()));
        Files.writeString(process.resolve("uid_map"), WorkerCommand.idMapText(map.uids()));
        Files.writeString(process.resolve("gid_map"), WorkerCommand.idMapText(map.gids()));
    }

    OutputStream requests() {
        return unshare.getOutputStream();
    }

    InputStream events() {
        return unshare.getInputStream();
    }

    /** How it ended and what it said last. */
    String epitaph() throws InterruptedException {
        String end = unshare.waitFor(1, TimeUnit.SECONDS) ? "exit code " + unshare.exitValue() : "still running";
        String lines = standardError.lastLines();
        return lines.isEmpty() ? end : end + "\n" + lines;
    }

    /** Waits for the tool, and so for the worker, to end. */
    boolean ended(Duration patience) throws InterruptedException {
        return unshare.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once it has ended: whether it ended well. */
    boolean succeeded() {
        return !unshare.isAlive() && unshare.exitValue() == 0;
    }

    /** Ends worker and tool by force; the kernel ends all that lives in the worker's pid namespace. */
    void destroy() {
        // children first: an orphaned worker could no longer be found from here
        unshare.descendants().forEach(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly();
    }

    /** Runs a short command to its end; a failure carries its output. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = begin(command);
        process.getOutputStream().close();
        StandardErrorTail said = new StandardErrorTail(process.getErrorStream(), "jbuildah-tool-stderr");
        try {
            byte[] output = process.getInputStream().readAllBytes();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + ": exit code " + exit + " "
                        + (new String(output, StandardCharsets.UTF_8) + said.lastLines()).strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process begin(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        Map<String, String> environment = builder.environment();
        environment.clear(); // JAVA_TOOL_OPTIONS, LD_PRELOAD, a token: none of it is the worker's business
        environment.put("LC_ALL", "C.UTF-8"); // else names beyond ASCII are lost in every Java up to now
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return builder.start();
    }
}
