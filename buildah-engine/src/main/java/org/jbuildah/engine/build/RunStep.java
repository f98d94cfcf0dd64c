package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.dockerfile.Flag;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.tree.ImageTree;
import org.jbuildah.engine.tree.Users;

/**
 * RUN: prepares a root file system, runs the process in it, commits the change.
 *
 * <p>Its key is made, as BuildKit's is, of what the process is and may do: words, environment, directory, user, network, capabilities,
 * ulimits, the size of the shared memory, and the names (not the addresses) that were added to {@code /etc/hosts}. No part of it is the
 * way to the network, which must not change the result: proxies, name servers, addresses; nor the timeout.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run">Dockerfile reference: RUN</a>
 */
record RunStep(Instruction.Run instruction) implements Step.OfLayer {
    /** The exit code of POSIX shells for a command that is not there. */
    private static final int NOT_FOUND = 127;

    @Override
    public Change resolve(StageState before, StepTools tools) throws IOException, InterruptedException {
        RunOptions options = tools.runSettings().options();
        RunCommand command = RunCommand.of(instruction, before.image().container());
        List<String> arguments = command.arguments();
        ImageTree tree = ImageTree.of(tools.store(), before.image().layers());
        Credentials credentials = Owner.inGroups(
                Owner.ofProcess(before.image().container().user(), tree::users), options.groups(), tree::users);
        Network network = network(before, tools);
        RunMounts mounts = RunMounts.of(instruction, before, tools);
        List<String> environment = before.processEnvironment();
        ProcessSpec process = new ProcessSpec(
                arguments,
                completed(environment, proxies(before, tools), credentials, tree),
                before.workingDirectory(),
                credentials,
                RunSettings.HOSTNAME,
                network,
                Grants.of(options),
                mounts(tools.runSettings(), network, command),
                options.timeout());
        StepKey.Builder key = StepKey.of("run")
                .with("layers", before.image().layers())
                .with("arguments", arguments)
                .with("scripts", command.files().stream().map(RunStep::textOf).toList())
                .with("environment", environment)
                .with("directory", before.workingDirectory())
                .with("uid", String.valueOf(credentials.uid()))
                .with("gid", String.valueOf(credentials.gid()))
                .with("groups", credentials.supplementaryGids())
                .with("network", network.word())
                .with("capabilities", words(options.capabilities()))
                .with("ulimits", words(options.ulimits()))
                .with("shared memory", String.valueOf(options.sharedMemoryInBytes()))
                .with("hosts", hostNames(options.network()))
                .with("platform", before.image().platform().toString());
        ProcessSpec bare = process.with(process.mounts(), completed(environment, List.of(), credentials, tree));
        return new RunChange(
                mounts.keyed(key).key(),
                process,
                mounts,
                new Aftermath(bare, instruction.source().place(), !mounts.isEmpty(), before, tools),
                before,
                tools,
                note(arguments, before),
                instruction.script().isEmpty() && instruction.command() instanceof Instruction.Command.Exec);
    }

    private static List<String> words(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static List<String> hostNames(RunNetwork network) {
        return network.hostsFile()
                ? network.hosts().stream().map(RunNetwork.HostEntry::name).toList()
                : List.of("the image's own");
    }

    /** Without the flag, and with {@code default}, what the request says for all RUNs. */
    private Network network(StageState before, StepTools tools) {
        for (Flag flag : instruction.flags()) {
            if (!flag.name().equals("network")) {
                continue;
            }
            String value = tools.lexer().expand(flag.value(), before.variables());
            if (value.equals("none")) {
                return Network.NONE;
            }
            if (value.equals("host")) {
                return Network.HOST;
            }
            if (!value.equals("default")) {
                throw new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "RUN --network=" + value + " is not known.",
                        "The networks are default, none and host.");
            }
        }
        return Network.of(tools.runSettings().options().network().access());
    }

    /** The environment with what every process may expect: proxies of the request, PATH, HOME. */
    private static List<String> completed(
            List<String> environment, List<Map<String, String>> proxies, Credentials credentials, ImageTree tree)
            throws IOException {
        List<String> all = new ArrayList<>(environment);
        proxies.forEach(variables -> addMissing(all, variables));
        if (!has(all, "PATH")) {
            all.add(ImageDraft.DEFAULT_PATH);
        }
        if (!has(all, "HOME")) {
            all.add("HOME=" + home(credentials, tree));
        }
        return all;
    }

    private static List<Map<String, String>> proxies(StageState before, StepTools tools) {
        return List.of(
                tools.runSettings().options().proxyVariables(), before.args().undeclaredProxies());
    }

    private static void addMissing(List<String> environment, Map<String, String> others) {
        others.forEach((name, value) -> {
            if (!has(environment, name)) {
                environment.add(name + "=" + value);
            }
        });
    }

    private static boolean has(List<String> environment, String name) {
        return environment.stream().anyMatch(entry -> entry.startsWith(name + "="));
    }

    private static String home(Credentials credentials, ImageTree tree) throws IOException {
        Optional<String> home =
                tree.users().user(credentials.uid()).map(Users.User::home).filter(path -> !path.isEmpty());
        return home.orElse(credentials.uid() == 0 ? "/root" : "/");
    }

    private static List<MountSpec> mounts(RunSettings settings, Network network, RunCommand command) {
        List<MountSpec> mounts = new ArrayList<>(settings.files(network));
        mounts.addAll(command.files());
        return mounts;
    }

    private static String textOf(MountSpec.GeneratedFile file) {
        return file.target() + "\n" + new String(file.content(), StandardCharsets.UTF_8);
    }

    /** {@code RUN |2 a=1 b=2 /bin/sh -c command # buildkit}: the arguments in scope, then what is executed. */
    private static String note(List<String> arguments, StageState before) {
        List<String> words = new ArrayList<>();
        List<String> declared = before.args().names();
        if (!declared.isEmpty()) {
            words.add("|" + declared.size());
            declared.forEach(name ->
                    words.add(name + "=" + before.variables().value(name).orElse("")));
        }
        words.addAll(arguments);
        return "RUN " + String.join(" ", words) + " # buildkit";
    }

    /** @param common what the key is made of, but for how faithfully owners are kept */
    private record RunChange(
            StepKey common,
            ProcessSpec process,
            RunMounts mounts,
            Aftermath aftermath,
            StageState before,
            StepTools tools,
            String createdBy,
            boolean inExecForm)
            implements Change {
        @Override
        public StepKey key() {
            return key(tools.ownerFidelity());
        }

        private StepKey key(String ownerFidelity) {
            return StepKey.of("run")
                    .with("step", common.digest().toString())
                    .with("owners", ownerFidelity)
                    .key();
        }

        /** A layer with all its owners is right on every machine, and to see it in the cache nothing is asked of this one. */
        @Override
        public Optional<StepRecord> known(StepCache cache) throws IOException {
            Optional<StepRecord> faithful = fresh(cache.find(key(WorkerDoor.FULL)));
            return faithful.isPresent() ? faithful : fresh(cache.find(key()));
        }

        /** Only what RUN makes grows old: all else depends on nothing but its key. */
        private Optional<StepRecord> fresh(Optional<StepRecord> record) {
            Duration limit = tools.runSettings().options().cacheTtl();
            if (limit == null) {
                return record;
            }
            Instant now = tools.runSettings().clock().instant();
            return record.filter(made -> Duration.between(made.created(), now).compareTo(limit) <= 0);
        }

        @Override
        public StepRecord make() throws IOException, InterruptedException {
            ProcessSpec furnished = mounts.furnish(process);
            try (ActiveRootfs rootfs = tools.rootfs().prepare(before.image().layers())) {
                OutputTail output = new OutputTail(tools.output());
                ExitStatus status = rootfs.run(furnished, output);
                if (!status.success()) {
                    throw aftermath.of(failure(status).withOutput(output.lines()), rootfs, furnished);
                }
                return new StepRecord(
                        rootfs.commit(), tools.runSettings().clock().instant());
            }
        }

        private String notFound() {
            return inExecForm
                    ? "The exec form has no shell: 127 mostly means that \""
                            + process.arguments().get(0)
                            + "\", or a program or library that it needs, is not in the image."
                    : "127 means that the shell did not find a command.";
        }

        private StepFailed failure(ExitStatus status) {
            String command = String.join(" ", process.arguments());
            if (status instanceof ExitStatus.Exited exited) {
                return new StepFailed(
                        FailureCode.RUN_EXITED,
                        "\"" + command + "\" ended with exit code " + exited.code() + ".",
                        exited.code() == NOT_FOUND ? notFound() : "");
            }
            if (status instanceof ExitStatus.Killed killed) {
                return new StepFailed(
                        FailureCode.RUN_KILLED,
                        "\"" + command + "\" was ended by signal " + killed.signal() + ".",
                        killed.signal() == 9 ? "Signal 9 often means that memory ran out." : "");
            }
            if (status instanceof ExitStatus.NotStarted missing) {
                return new StepFailed(
                        FailureCode.RUN_NOT_STARTED,
                        "\"" + missing.program() + "\" could not be started in the image: " + missing.errno() + ".",
                        missing.errno().equals("ENOENT")
                                ? "The program, or the interpreter or loader that it names, is not in the image. "
                                        + "An image FROM scratch has no shell: write RUN in exec form, [\"program\", \"argument\"]."
                                : "");
            }
            return new StepFailed(
                    FailureCode.RUN_TIMED_OUT,
                    "\"" + command + "\" was ended after " + process.timeout() + ", the timeout for one RUN.",
                    "Raise the timeout, or find out what the command waits for.");
        }
    }
}
