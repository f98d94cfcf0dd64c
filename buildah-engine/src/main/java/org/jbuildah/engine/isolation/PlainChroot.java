package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * A change of the root directory and nothing else, for root in a container whose filter refuses every namespace and every mount. It keeps
 * honest programs apart, and no others: a step that is root can leave it, sees all processes, and may signal them.
 *
 * <p>A step has its user, groups, capabilities and limits, the devices of a container made in its /dev, and the files that would be
 * mounted written into those of the image; all of that is taken back afterwards. It has no /proc, no /sys, no mounts, and the worker's
 * network and host name. Which processes are its own is told by their descent from the {@link ChrootProgram}; when {@link #run}
 * returns, none is left.
 */
public final class PlainChroot implements Isolation {
    private final Linux linux;
    private final List<String> java;
    private final Capabilities capabilities;

    /** @param java gives the command that runs a main class of this engine in a JVM of its own */
    public PlainChroot(Linux linux, Function<String, List<String>> java) throws IOException {
        this.linux = linux;
        this.java = java.apply(ChrootProgram.class.getName());
        BoxGround.limitFiles(linux);
        this.capabilities = Capabilities.ofThisProcess();
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException {
        refuseWhatCannotBe(process);
        long kept = capabilities.grant(process.grants().capabilities());
        new UlimitCeiling(linux, capabilities).check(process.grants().ulimits());
        try (ChrootStep step = new ChrootStep(linux, root.mount(), process, kept)) {
            return step.run(java, output);
        }
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Terminal.Session terminal) {
        throw refused("A process in a plain chroot has no terminal.", "Use --keep-failed without a terminal.");
    }

    private static void refuseWhatCannotBe(ProcessSpec process) {
        for (MountSpec mount : process.mounts()) {
            if (!(mount instanceof MountSpec.GeneratedFile)) {
                Lacking lacking = Lacking.of(mount);
                throw refused(
                        "Nothing can be mounted in a plain chroot, so there is no " + lacking.kind() + " at "
                                + mount.target() + ".",
                        lacking.remedy() + " Or allow mounts: \"jbuildah doctor\" (mvn buildah:doctor) says how.");
            }
        }
        if (!process.network().equals(Network.HOST)) {
            throw refused(
                    "A plain chroot has no network of its own, but "
                            + process.network().word() + " was asked for.",
                    "Use the network host, or start the build in a container without one.");
        }
    }

    /** What is not there, and what does instead. */
    private record Lacking(String kind, String remedy) {
        static Lacking of(MountSpec mount) {
            if (mount instanceof MountSpec.SecretFile) {
                return new Lacking(
                        "file of a secret",
                        "Take the secret as a variable: --mount=type=secret,id=...,env=NAME without a target.");
            }
            if (mount instanceof MountSpec.Tmpfs) {
                return new Lacking("tmpfs", "Use a directory, and remove it in the same RUN.");
            }
            if (mount instanceof MountSpec.CacheDirectory) {
                return new Lacking("cache", "Leave the mount out, and remove the cache in the same RUN.");
            }
            if (mount instanceof MountSpec.AgentSocket) {
                return new Lacking("socket of an SSH agent", "ADD fetches Git repositories without a RUN.");
            }
            if (mount instanceof MountSpec.OfHost) {
                return new Lacking("volume", "Leave --volume out, and COPY what the RUN reads.");
            }
            return new Lacking("bind", "COPY what the RUN reads.");
        }
    }

    private static HostUnsuitable refused(String what, String remedy) {
        return new HostUnsuitable(FailureCode.MODE_NOT_AVAILABLE, what, remedy);
    }
}
