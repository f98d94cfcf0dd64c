package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A plain directory with the host's static busybox in it, and steps that run there. */
final class BusyboxRoot {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    static final String PATH = "PATH=/bin:/usr/bin";

    final Path directory;
    private final Isolation isolation;

    /** Called on a step's own thread, which has its mount namespace by then and shares the descriptors still. */
    Runnable whenStarting = () -> {};

    BusyboxRoot(Path temp) throws IOException {
        this(temp, AnIsolation.BOX);
    }

    BusyboxRoot(Path temp, AnIsolation kind) throws IOException {
        this(temp, kind.open(JnrLinux.load(), temp.resolve("scratch")));
    }

    BusyboxRoot(Path temp, Isolation isolation) throws IOException {
        Linux linux = JnrLinux.load();
        assumeNamespaces(linux);
        Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + " on this machine");
        directory = Files.createDirectories(temp.resolve("root"));
        Files.createDirectories(directory.resolve("bin"));
        Files.copy(BUSYBOX, directory.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String name : List.of(
                "sh",
                "cat",
                "ls",
                "id",
                "sleep",
                "kill",
                "chroot",
                "mknod",
                "setsid",
                "grep",
                "touch",
                "rm",
                "mkdir",
                "stat",
                "true",
                "dd",
                "hostname",
                "mount",
                "umask",
                "unshare",
                "df",
                "ifconfig",
                "pwd",
                "ps",
                "chmod",
                "tail",
                "wc",
                "readlink",
                "env",
                "tty",
                "stty",
                "head")) {
            Files.createSymbolicLink(directory.resolve("bin").resolve(name), Path.of("busybox"));
        }
        for (String name :
                List.of("proc", "sys", "dev")) { // steps that share a root must not take each other's placeholders
            Files.createDirectories(directory.resolve(name));
        }
        this.isolation = isolation;
    }

    /** Tried on a thread that ends at once. */
    private static void assumeNamespaces(Linux linux) {
        List<LinuxException> refusal = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                linux.unshare(CloneFlag.NEWNS | CloneFlag.NEWPID);
            } catch (LinuxException e) {
                refusal.add(e);
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Assumptions.assumeTrue(refusal.isEmpty(), "namespaces need CAP_SYS_ADMIN: " + refusal);
    }

    record Outcome(ExitStatus status, String out, String err) {}

    Step step(String script) {
        return new Step(List.of("sh", "-c", script));
    }

    Step program(String... arguments) {
        return new Step(List.of(arguments));
    }

    /** A step about to be run. */
    final class Step {
        private final List<String> arguments;
        private final List<MountSpec> mounts = new ArrayList<>();
        private List<String> environment = List.of(PATH);
        private Credentials user = Credentials.ROOT;
        private String workingDirectory = "/";
        private Trees trees = Trees.NONE;
        private @Nullable Duration timeout;
        private Grants grants = Grants.DEFAULT;
        private Network network = Network.HOST;

        private Step(List<String> arguments) {
            this.arguments = arguments;
        }

        Step as(Credentials user) {
            this.user = user;
            return this;
        }

        Step in(String workingDirectory) {
            this.workingDirectory = workingDirectory;
            return this;
        }

        Step with(String target, String content, int mode) {
            mounts.add(new MountSpec.GeneratedFile(target, content.getBytes(UTF_8), mode));
            return this;
        }

        Step granted(Grants grants) {
            this.grants = grants;
            return this;
        }

        Step with(MountSpec mount) {
            mounts.add(mount);
            return this;
        }

        /** @param directory what every mount of a tree takes its files from */
        Step from(Path directory) {
            trees = mount -> directory;
            return this;
        }

        Step seeing(Network network) {
            this.network = network;
            return this;
        }

        Step within(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        Step environment(String... environment) {
            this.environment = List.of(environment);
            return this;
        }

        Outcome run() throws IOException, InterruptedException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            ExitStatus status = runInto((error, bytes) -> (error ? err : out).writeBytes(bytes));
            return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
        }

        ExitStatus runInto(OutputSink output) throws IOException, InterruptedException {
            return isolation.run(
                    () -> {
                        whenStarting.run();
                        return directory;
                    },
                    trees,
                    process(),
                    output);
        }

        ExitStatus runOn(Terminal.Session terminal) throws IOException, InterruptedException {
            return isolation.run(() -> directory, trees, process(), terminal);
        }

        private ProcessSpec process() {
            return new ProcessSpec(
                    arguments, environment, workingDirectory, user, "box", network, grants, mounts, timeout);
        }
    }
}
