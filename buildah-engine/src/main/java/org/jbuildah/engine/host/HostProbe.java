package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.worker.NamespaceTrial;
import org.jspecify.annotations.Nullable;

/** Reads the facts. Starts a process only where the files leave a doubt about user namespaces. */
public final class HostProbe {
    private static final List<String> TOOL_DIRECTORIES = List.of(
            "/usr/local/sbin",
            "/usr/local/bin",
            "/usr/sbin",
            "/usr/bin",
            "/sbin",
            "/bin",
            "/run/wrappers/bin",
            "/run/current-system/sw/bin");

    private final HostFiles files;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final Function<List<String>, String> namespaceTrial;

    /**
     * Makes a probe.
     *
     * @param properties {@code os.name}, {@code java.home} and {@code user.name}
     * @param namespaceTrial tries {@code unshare}, and returns what it said, empty when it worked
     */
    HostProbe(
            HostFiles files,
            Map<String, String> environment,
            Map<String, String> properties,
            Function<List<String>, String> namespaceTrial) {
        this.files = files;
        this.environment = Map.copyOf(environment);
        this.properties = Map.copyOf(properties);
        this.namespaceTrial = namespaceTrial;
    }

    public static HostProbe ofThisMachine() {
        return new HostProbe(
                new RealHostFiles(),
                System.getenv(),
                Map.of(
                        "os.name", System.getProperty("os.name", ""),
                        "java.home", System.getProperty("java.home", ""),
                        "user.name", System.getProperty("user.name", "")),
                NamespaceTrial::refusal);
    }

    /** Reads all that matters for a store at the given place, which need not exist yet. */
    public HostFacts probe(Path storeRoot) {
        KernelRelease kernel =
                KernelRelease.parse(text("/proc/sys/kernel/osrelease").strip());
        ProcessFacts process = process();
        HostTools tools = tools();
        String container = container();
        String store = ProcTexts.fileSystemOf(files.resolved(storeRoot), text("/proc/self/mountinfo"));
        return new HostFacts(
                property("os.name"),
                kernel,
                container,
                process,
                new SubIds(
                        SubIds.parse(text("/etc/subuid"), process.user(), process.uid()),
                        SubIds.parse(text("/etc/subgid"), process.user(), process.uid())),
                userNamespaces(process, tools, container != null),
                tools,
                overlayKnown(kernel),
                new StoreFacts(storeRoot, store));
    }

    private ProcessFacts process() {
        String status = text("/proc/self/status");
        int uid = effectiveId(status, "Uid");
        String name = property("user.name");
        return new ProcessFacts(
                uid,
                effectiveId(status, "Gid"),
                name.isEmpty() || name.equals("?") ? Integer.toString(uid) : name,
                new IdMap(ProcTexts.ranges(text("/proc/self/uid_map")), ProcTexts.ranges(text("/proc/self/gid_map"))),
                capabilities(status, "CapEff"),
                capabilities(status, "CapBnd"),
                ProcTexts.statusField(status, "NoNewPrivs").equals("1"),
                ProcTexts.statusField(status, "Seccomp").equals("2"));
    }

    /** The line holds the real, effective, saved and file system id. */
    private static int effectiveId(String status, String field) {
        String[] ids = ProcTexts.statusField(status, field).split("\\s+", -1);
        return ids.length < 2 ? -1 : Integer.parseInt(ids[1]);
    }

    private static long capabilities(String status, String field) {
        String hex = ProcTexts.statusField(status, field);
        return hex.isEmpty() ? 0 : Long.parseUnsignedLong(hex, 16);
    }

    private UserNamespaceRules userNamespaces(ProcessFacts process, HostTools tools, boolean insideContainer) {
        boolean appArmor = Long.valueOf(1).equals(number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"));
        boolean needed = !(process.root() && process.may(ProcessFacts.CAP_SYS_ADMIN));
        boolean doubtful = insideContainer || process.seccompFiltered() || appArmor;
        return new UserNamespaceRules(
                files.exists("/proc/self/ns/user"),
                number("/proc/sys/kernel/unprivileged_userns_clone"),
                number("/proc/sys/user/max_user_namespaces"),
                appArmor,
                needed && doubtful && !tools.unshare().isEmpty() ? namespaceTrial.apply(tools.unshare()) : "");
    }

    private boolean overlayKnown(KernelRelease kernel) {
        if (ProcTexts.knowsFileSystem(text("/proc/filesystems"), "overlay")) {
            return true;
        }
        String modules = "/lib/modules/" + kernel.text();
        return text(modules + "/modules.dep").contains("/overlay.ko")
                || text(modules + "/modules.builtin").contains("/overlay.ko");
    }

    private @Nullable String container() {
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            return "kubernetes";
        }
        if (files.exists("/.dockerenv")) {
            return "docker";
        }
        if (files.exists("/run/.containerenv")) {
            return "podman";
        }
        return environment.get("container");
    }

    private HostTools tools() {
        Path unshare = executable("unshare");
        Path busybox = executable("busybox");
        List<String> command = unshare != null ? List.of(unshare.toString()) : List.of();
        if (unshare == null && busybox != null) {
            command = List.of(busybox.toString(), "unshare");
        }
        String java = property("java.home") + "/bin/java";
        return new HostTools(
                command,
                executable("sh"),
                files.executableMode(java) < 0 ? null : Path.of(java),
                tool("newuidmap"),
                tool("newgidmap"),
                executable("fuse-overlayfs"),
                files.opens("/dev/fuse"));
    }

    private HostTools.@Nullable Tool tool(String name) {
        Path path = executable(name);
        return path == null ? null : new HostTools.Tool(path, (files.executableMode(path.toString()) & 04000) != 0);
    }

    private @Nullable Path executable(String name) {
        Set<String> directories =
                new LinkedHashSet<>(List.of(environment.getOrDefault("PATH", "").split(":", -1)));
        directories.addAll(TOOL_DIRECTORIES);
        for (String directory : new ArrayList<>(directories)) {
            String path = directory + "/" + name;
            if (directory.startsWith("/") && files.executableMode(path) >= 0) {
                return Path.of(path);
            }
        }
        return null;
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }

    private String text(String path) {
        String text = files.text(path);
        return text == null ? "" : text;
    }

    private @Nullable Long number(String path) {
        String text = text(path).strip();
        return text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
