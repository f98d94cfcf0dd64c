package org.jbuildah.engine.rootfs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that a {@code RUN} starts. The seccomp profile is Docker's for the capabilities that it has.
 *
 * @param arguments at least one; the first is looked up on the PATH of {@code environment} unless it has a slash
 * @param environment {@code NAME=value}, complete: nothing is added but nothing is inherited either
 * @param workingDirectory absolute, inside the image; made (0755, owned by root) where it is missing
 * @param mounts beside the usual ones (/proc, /sys, /dev)
 * @param timeout null for none
 */
public record ProcessSpec(
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        Credentials credentials,
        String hostname,
        Network network,
        Grants grants,
        List<MountSpec> mounts,
        @Nullable Duration timeout) {
    /** A process that sees the machine's network, and may do what is usual. */
    public ProcessSpec(
            List<String> arguments,
            List<String> environment,
            String workingDirectory,
            Credentials credentials,
            String hostname,
            List<MountSpec> mounts,
            @Nullable Duration timeout) {
        this(
                arguments,
                environment,
                workingDirectory,
                credentials,
                hostname,
                Network.HOST,
                Grants.DEFAULT,
                mounts,
                timeout);
    }

    public ProcessSpec {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        mounts = List.copyOf(mounts);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a process has at least one argument");
        }
    }

    /** Another program in place of this one, for a person to use: without a timeout, and with a terminal of the given type. */
    public ProcessSpec onTerminal(List<String> otherArguments, String type) {
        List<String> variables = new ArrayList<>(environment);
        if (environment.stream().noneMatch(variable -> variable.startsWith("TERM="))) {
            variables.add("TERM=" + type);
        }
        return new ProcessSpec(
                otherArguments, variables, workingDirectory, credentials, hostname, network, grants, mounts, null);
    }

    /** This process with other mounts and another environment. */
    public ProcessSpec with(List<MountSpec> otherMounts, List<String> otherEnvironment) {
        return new ProcessSpec(
                arguments,
                otherEnvironment,
                workingDirectory,
                credentials,
                hostname,
                network,
                grants,
                otherMounts,
                timeout);
    }
}
