package org.jbuildah.engine.remote;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Finds {@code docker} or {@code podman} and runs their command lines: the only class of this room that starts processes. */
final class ContainerTool {
    private static final List<String> NAMES = List.of("docker", "podman");

    private ContainerTool() {}

    /**
     * The first of the two on a search path.
     *
     * @param path as {@code PATH} has it
     * @param windows where programs end in {@code .exe} and directories are parted by semicolons
     */
    static Optional<String> find(String path, boolean windows, Predicate<String> executable) {
        String separator = windows ? ";" : ":";
        String slash = windows ? "\\" : "/";
        for (String name : NAMES) {
            for (String directory : path.split(separator, -1)) {
                if (!directory.isEmpty()) {
                    String file = directory + (directory.endsWith(slash) ? "" : slash) + name + (windows ? ".exe" : "");
                    if (executable.test(file)) {
                        return Optional.of(file);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** @param said its standard error */
    record Ended(int exitCode, String said) {
        boolean well() {
            return exitCode == 0;
        }
    }

    /** Writes what a command reads. */
    interface Input {
        void write(OutputStream out) throws IOException;
    }

    /** Runs a command to its end; an interrupt ends it. */
    static Ended run(List<String> command, Input input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            LastWords said = new LastWords(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                input.write(in);
            } catch (IOException closed) {
                return new Ended(process.waitFor(), said.text()); // it has ended, and says why
            }
            return new Ended(process.waitFor(), said.text());
        } finally {
            process.destroy();
        }
    }

    static Ended run(List<String> command) throws IOException, InterruptedException {
        return run(command, out -> {});
    }

    /** A command that goes on beside this JVM. */
    static final class Running {
        private final Process process;
        private final LastWords said;

        private Running(Process process) {
            this.process = process;
            this.said = new LastWords(process.getErrorStream());
        }

        static Running start(List<String> command) throws IOException {
            return new Running(new ProcessBuilder(command).start());
        }

        InputStream output() {
            return process.getInputStream();
        }

        OutputStream input() {
            return process.getOutputStream();
        }

        /** How it ended, once it has ended or the patience has. */
        Optional<Ended> ended(long seconds) throws InterruptedException {
            return process.waitFor(seconds, TimeUnit.SECONDS)
                    ? Optional.of(new Ended(process.exitValue(), said.text()))
                    : Optional.empty();
        }

        void kill() {
            process.destroyForcibly();
        }
    }

    /** The end of what a command writes to standard error. */
    private static final class LastWords {
        private static final int KEPT = 16 * 1024;

        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        LastWords(InputStream standardError) {
            reader = new Thread(() -> read(standardError), "jbuildah-helper-stderr");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream standardError) {
            byte[] buffer = new byte[4096];
            try (standardError) {
                for (int count = standardError.read(buffer); count > 0; count = standardError.read(buffer)) {
                    synchronized (text) {
                        text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                        text.delete(0, Math.max(0, text.length() - KEPT));
                    }
                }
            } catch (IOException closed) {
                reader.interrupt(); // closed from this side: what was read stays
            }
        }

        String text() throws InterruptedException {
            reader.join(500);
            synchronized (text) {
                return text.toString().strip();
            }
        }
    }

    /** Whether a file of this machine can be run. */
    static boolean executable(String file) {
        File program = new File(file);
        return program.isFile() && program.canExecute();
    }
}
