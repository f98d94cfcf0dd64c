package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.oci.JsonText;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.json} of a step's bundle.
 *
 * <p>For a runtime that shares the kernel it says little: the step's thread has already put it into namespaces of its own and laid
 * everything over the root, so that every isolation has the same. What is left are a mount and a pid namespace, and {@code /proc}. A
 * runtime with a kernel of its own makes the rest itself, since devices and kernel file systems of this machine are not its own.
 *
 * @param root the root directory, furnished, an absolute path without symlinks
 * @param devices where the step's {@code /dev} has been made, for a runtime that shares the kernel
 * @param process what runs
 * @param user as it can be had here
 * @param capabilities that can be had here
 * @param masked paths that are hidden, beside those that are read-only
 * @param temporary where the image's {@code /tmp} is bound, for a runtime that would cover it; null for none
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/config.md">runtime-spec: configuration</a>
 */
record BundleConfig(
        RuntimeKind kind,
        Architecture architecture,
        String root,
        String devices,
        ProcessSpec process,
        Credentials user,
        Set<Capability> capabilities,
        List<String> masked,
        @Nullable String temporary) {
    private static final String VERSION = "1.0.2";
    private static final List<String> NO_PRIVILEGE = List.of("nosuid", "noexec", "nodev");
    private static final long UMASK = 022;

    /** The state comes first and must be read: crun fails when nobody does. */
    private static final String NODEV = "while read -r state; do :; done; exec mount -n -o remount,bind,nodev \"$0\"";

    /** A mount of the specification. */
    private record Mount(String destination, String type, String source, List<String> options) {}

    byte[] json() throws IOException {
        JsonText json = new JsonText().open('{');
        json.field("ociVersion", VERSION);
        process(json.name("process"));
        json.name("root").open('{').field("path", root);
        json.close('}');
        if (!kind.sharesTheKernel()) {
            json.field("hostname", process.hostname());
        }
        json.list("mounts", mounts(), BundleConfig::mount);
        if (kind.sharesTheKernel()) {
            hooks(json.name("hooks"));
        }
        json.name("linux").open('{');
        json.list("namespaces", namespaces(), (list, type) -> {
            list.open('{').field("type", type);
            list.close('}');
        });
        if (kind.sharesTheKernel()) {
            SeccompProfile.write(
                    json.name("seccomp"), architecture, process.grants().capabilities());
        }
        json.strings("maskedPaths", masked);
        json.strings("readonlyPaths", KernelPaths.READ_ONLY);
        return json.close('}').close('}').bytes();
    }

    private void process(JsonText json) {
        json.open('{');
        json.name("user").open('{').field("uid", user.uid());
        json.field("gid", user.gid());
        json.field("umask", UMASK);
        if (!user.supplementaryGids().isEmpty()) {
            json.list("additionalGids", user.supplementaryGids(), (list, gid) -> list.value(gid));
        }
        json.close('}');
        json.list("args", process.arguments(), JsonText::value);
        json.list("env", process.environment(), JsonText::value);
        json.field("cwd", process.workingDirectory());
        List<String> names = capabilities.stream()
                .map(capability -> "CAP_" + capability.name())
                .toList();
        json.name("capabilities").open('{');
        for (String set : List.of("bounding", "effective", "permitted")) {
            json.list(set, names, JsonText::value);
        }
        json.close('}');
        json.list("rlimits", process.grants().ulimits(), BundleConfig::limit);
        json.close('}');
    }

    private static void limit(JsonText json, Ulimit limit) {
        json.open('{').field("type", "RLIMIT_" + limit.resource().name());
        // no limit, -1, is the largest number of 64 bits
        json.name("hard").unsigned(limit.hard()).name("soft").unsigned(limit.soft());
        json.close('}');
    }

    /**
     * Devices in the image must stay dead: crun binds the root to itself once more and takes nodev away with it. The hook runs in the
     * step's mount namespace, before the root becomes the root there.
     */
    private void hooks(JsonText json) {
        json.open('{').name("createContainer").open('[').element().open('{').field("path", "/bin/sh");
        json.strings("args", List.of("sh", "-c", NODEV, root));
        json.strings("env", List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
        json.close('}').close(']').close('}');
    }

    private List<String> namespaces() {
        return kind.sharesTheKernel() ? List.of("mount", "pid") : List.of("mount", "pid", "ipc", "uts");
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount("/proc", "proc", "proc", NO_PRIVILEGE));
        if (kind.sharesTheKernel()) {
            // a runtime that is told where it comes from makes no devices of its own in it
            mounts.add(new Mount("/dev", "bind", devices, List.of("rbind", "nosuid", "nodev")));
        } else {
            String size = "size=" + process.grants().sharedMemoryInBytes();
            mounts.add(new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "mode=755", "size=65536k")));
            mounts.add(
                    new Mount("/dev/pts", "devpts", "devpts", List.of("nosuid", "noexec", "newinstance", "mode=0620")));
            mounts.add(new Mount("/dev/shm", "tmpfs", "shm", List.of("nosuid", "noexec", "nodev", "mode=1777", size)));
            mounts.add(new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")));
        }
        if (temporary != null) {
            mounts.add(new Mount("/tmp", "bind", temporary, List.of("rbind", "rw", "nodev")));
        }
        return mounts;
    }

    private static void mount(JsonText json, Mount mount) {
        json.open('{').field("destination", mount.destination);
        json.field("type", mount.type);
        json.field("source", mount.source);
        json.strings("options", mount.options);
        json.close('}');
    }
}
