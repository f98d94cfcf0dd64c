package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jbuildah.engine.host.HostTools.Tool;
import org.jspecify.annotations.Nullable;

/**
 * One thing known of the machine, in words.
 *
 * @param name also of the field in JSON
 */
public record Fact(String name, String value) {
    static List<Fact> of(HostFacts host) {
        List<Fact> facts = new ArrayList<>();
        Distribution distribution = host.system().distribution();
        String system = distribution.name().isEmpty() ? host.system().name() : distribution.name();
        facts.add(new Fact("system", host.system().windowsSubsystem() ? system + " on Windows (WSL)" : system));
        if (!host.linux()) {
            facts.add(new Fact("engines", programs(host.programs().engines())));
            return facts;
        }
        facts.add(new Fact("kernel", host.system().kernel().text()));
        facts.add(new Fact("container", container(host.container())));
        process(host.process(), facts);
        userNamespaces(host, facts);
        facts.add(new Fact(
                "subordinateIds",
                SubIds.count(host.subIds().uids()) + " users, "
                        + SubIds.count(host.subIds().gids()) + " groups"));
        facts.add(new Fact("newuidmap", tool(host.tools().newuidmap())));
        facts.add(new Fact("newgidmap", tool(host.tools().newgidmap())));
        facts.add(new Fact(
                "unshare",
                host.tools().unshare().isEmpty()
                        ? "missing"
                        : String.join(" ", host.tools().unshare())));
        facts.add(new Fact("overlay", host.layers().overlayKnown() ? "in the kernel" : "missing"));
        Program fuse = host.layers().fuseOverlay();
        facts.add(new Fact("fuseOverlayfs", fuse == null ? "missing" : fuse.toString()));
        String refusal = host.layers().fuseDeviceRefusal();
        facts.add(new Fact("fuseDevice", refusal.isEmpty() ? "can be opened" : refusal));
        store(host, facts);
        security(host.security(), facts);
        facts.add(new Fact("runtimes", programs(host.programs().runtimes())));
        facts.add(new Fact("networkHelpers", programs(host.programs().networkHelpers())));
        facts.add(new Fact("engines", programs(host.programs().engines())));
        facts.add(new Fact("engineHost", orNone(host.programs().engineHost())));
        return facts;
    }

    private static String container(ContainerFacts container) {
        if (!container.inside()) {
            return "none";
        }
        return container.kind() + " (by " + container.evidence() + ")"
                + (container.runner().isEmpty() ? "" : ", run by " + container.runner())
                + (container.procMasked() ? ", parts of /proc masked" : "");
    }

    private static void process(ProcessFacts process, List<Fact> facts) {
        facts.add(new Fact("user", process.user() + " (" + process.uid() + ":" + process.gid() + ")"));
        facts.add(new Fact("capabilities", Long.toHexString(process.effectiveCapabilities())));
        facts.add(new Fact("noNewPrivs", process.noNewPrivs() ? "set" : "not set"));
        facts.add(new Fact("systemCallFilter", process.seccompFiltered() ? "in force" : "none"));
    }

    private static void userNamespaces(HostFacts host, List<Fact> facts) {
        UserNamespaceRules rules = host.userNamespaces();
        Long clone = rules.unprivilegedClone();
        Long maximum = rules.maximum();
        facts.add(new Fact("userNamespaces", rules.supported() ? "in the kernel" : "missing"));
        facts.add(new Fact("unprivilegedUserNamespaces", clone == null || clone != 0 ? "on" : "off"));
        facts.add(new Fact("maxUserNamespaces", maximum == null ? "unknown" : maximum.toString()));
        facts.add(new Fact("appArmorRestriction", rules.appArmorRestricts() ? "on" : "off"));
    }

    private static void store(HostFacts host, List<Fact> facts) {
        StoreFacts store = host.store();
        facts.add(new Fact("store", store.root().toString()));
        facts.add(new Fact("storeFileSystem", orNone(store.fileSystem()) + (store.noExec() ? ", noexec" : "")));
        facts.add(new Fact(
                "temporaryFolder", store.temporaryNoExec() ? "noexec, which does no harm" : "programs may run"));
    }

    private static void security(SecurityFacts security, List<Fact> facts) {
        facts.add(new Fact("seLinux", security.seLinuxEnforcing() ? "enforcing" : "off or permissive"));
        facts.add(new Fact("label", orNone(security.label())));
        facts.add(new Fact("storeLabel", orNone(security.storeLabel())));
        facts.add(new Fact(
                "seccomp",
                security.seccomp()
                        ? security.seccompNotifies() ? "with notification" : "without notification"
                        : "missing"));
    }

    private static String tool(@Nullable Tool tool) {
        return tool == null
                ? "missing"
                : tool.path()
                        + switch (tool.power()) {
                            case SETUID -> ", setuid";
                            case FILE_CAPABILITIES -> ", with file capabilities";
                            case NONE -> ", neither setuid nor with file capabilities";
                            case UNKNOWN -> ", not setuid";
                        };
    }

    private static String programs(List<Program> programs) {
        return orNone(programs.stream().map(Program::toString).collect(Collectors.joining("; ")));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
