package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jbuildah.engine.host.ProcTexts.Mount;
import org.jbuildah.engine.linux.IdMap;
import org.jspecify.annotations.Nullable;

/** Gathers the facts: reads files, and starts a process only where reading is no proof and somebody asked for the proof. */
public final class HostProbe {
    private static final String KERNEL_SETTINGS = "/proc/sys/kernel/";

    private final HostFiles files;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final Trials trials;

    /** @param properties {@code os.name}, {@code java.home}, {@code java.io.tmpdir} and {@code user.name} */
    HostProbe(HostFiles files, Map<String, String> environment, Map<String, String> properties, Trials trials) {
        this.files = files;
        this.environment = Map.copyOf(environment);
        this.properties = Map.copyOf(properties);
        this.trials = trials;
    }

    public static HostProbe ofThisMachine() {
        return new HostProbe(
                new RealHostFiles(),
                System.getenv(),
                Map.of(
                        "os.name", System.getProperty("os.name", ""),
                        "java.home", System.getProperty("java.home", ""),
                        "java.io.tmpdir", System.getProperty("java.io.tmpdir", "/tmp"),
                        "user.name", System.getProperty("user.name", "")),
                new RealTrials());
    }

    /** Gathers all that matters for a store at the given place, which need not exist yet. */
    public HostFacts probe(Path storeRoot, Set<TrialSubject> subjects) {
        String mountInfo = text("/proc/self/mountinfo");
        SystemFacts system = system();
        ProgramProbe programs = new ProgramProbe(
                files, environment, trials, subjects, system.name().startsWith("Windows"));
        ContainerFacts container = new ContainerProbe(files, environment, mountInfo).probe();
        ProcessFacts process = process();
        SubIds subIds = new SubIds(
                SubIds.parse(text("/etc/subuid"), process.user(), process.uid()),
                SubIds.parse(text("/etc/subgid"), process.user(), process.uid()));
        UserNamespaceRules rules = userNamespaces();
        HostTools tools = programs.tools(property("java.home"));
        boolean doubt = container.inside() || process.seccompFiltered() || rules.appArmorRestricts();
        return new HostFacts(
                system,
                container,
                process,
                subIds,
                rules,
                subjects.contains(TrialSubject.NAMESPACES) && system.linux()
                        ? tried(process, subIds, tools, doubt)
                        : TrialFacts.NONE,
                security(storeRoot, subjects),
                tools,
                programs.others(),
                new LayerFacts(
                        overlayKnown(system.kernel()),
                        system.linux() ? trials.open("/dev/fuse") : "there is none",
                        programs.fuseOverlay().orElse(null)),
                store(storeRoot, mountInfo));
    }

    private SystemFacts system() {
        return new SystemFacts(
                property("os.name"),
                KernelRelease.parse(text(KERNEL_SETTINGS + "osrelease").strip()),
                Distribution.parse(
                        files.exists("/etc/os-release") ? text("/etc/os-release") : text("/usr/lib/os-release")));
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

    private UserNamespaceRules userNamespaces() {
        return new UserNamespaceRules(
                files.exists("/proc/self/ns/user"),
                number(KERNEL_SETTINGS + "unprivileged_userns_clone"),
                number("/proc/sys/user/max_user_namespaces"),
                Long.valueOf(1).equals(number(KERNEL_SETTINGS + "apparmor_restrict_unprivileged_userns")));
    }

    private TrialFacts tried(ProcessFacts process, SubIds subIds, HostTools tools, boolean doubt) {
        if (tools.unshare().isEmpty()) {
            return TrialFacts.NONE;
        }
        boolean mighty = process.root() && process.may(ProcessFacts.CAP_SYS_ADMIN);
        String asRoot = mighty && doubt ? trials.mountNamespace(tools.unshare()) : "";
        boolean needed = !mighty || !asRoot.isEmpty();
        String asUser = needed && doubt ? trials.userNamespace(tools.unshare()) : "";
        boolean maps = !process.root() && asUser.isEmpty() && SubIdsRule.mayMap(process, subIds, tools);
        boolean proof = doubt || !SubIdsRule.setuid(tools);
        return new TrialFacts(
                asUser,
                asRoot,
                maps && proof && tools.shell() != null
                        ? trials.idMap(
                                tools.unshare(),
                                Objects.requireNonNull(tools.shell()),
                                SubIdsRule.namespaces(process, subIds, tools))
                        : "");
    }

    private SecurityFacts security(Path storeRoot, Set<TrialSubject> subjects) {
        boolean enforcing = text("/sys/fs/selinux/enforce").strip().equals("1");
        String label = "";
        if (enforcing && subjects.contains(TrialSubject.LABELS)) {
            Trials.Said said =
                    trials.run(List.of("stat", "-c", "%C", existing(storeRoot).toString()));
            label = said.success() ? said.firstLine() : "";
        }
        return new SecurityFacts(
                enforcing,
                text("/proc/self/attr/current").replace("\0", "").strip(),
                label,
                !ProcTexts.statusField(text("/proc/self/status"), "Seccomp").isEmpty(),
                text(KERNEL_SETTINGS + "seccomp/actions_avail").contains("user_notif"));
    }

    private Path existing(Path path) {
        for (Path candidate = files.resolved(path); candidate != null; candidate = candidate.getParent()) {
            if (files.exists(candidate.toString())) {
                return candidate;
            }
        }
        return Path.of("/");
    }

    private boolean overlayKnown(KernelRelease kernel) {
        if (ProcTexts.knowsFileSystem(text("/proc/filesystems"), "overlay")) {
            return true;
        }
        String modules = "/lib/modules/" + kernel.text();
        return text(modules + "/modules.dep").contains("/overlay.ko")
                || text(modules + "/modules.builtin").contains("/overlay.ko");
    }

    private StoreFacts store(Path root, String mountInfo) {
        Mount none = new Mount("", Set.of());
        Mount store = ProcTexts.mountOf(files.resolved(root), mountInfo).orElse(none);
        Path temporary = files.resolved(Path.of(properties.getOrDefault("java.io.tmpdir", "/tmp")));
        return new StoreFacts(
                root,
                store.type(),
                store.options().contains("noexec"),
                ProcTexts.mountOf(temporary, mountInfo).orElse(none).options().contains("noexec"));
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
