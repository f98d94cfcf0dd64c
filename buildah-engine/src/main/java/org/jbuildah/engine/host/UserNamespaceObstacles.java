package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;

/** What may keep a process from making a user namespace. */
final class UserNamespaceObstacles {
    private static final long ENOUGH = 15000;
    private static final String REMEDY =
            "echo 'user.max_user_namespaces = " + ENOUGH + "' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p";

    private UserNamespaceObstacles() {}

    static List<Obstacle> of(HostFacts host) {
        UserNamespaceRules rules = host.userNamespaces();
        List<Obstacle> obstacles = new ArrayList<>();
        if (!rules.supported()) {
            obstacles.add(new Obstacle(
                    Kind.NO_USER_NAMESPACES,
                    "The kernel was built without user namespaces (CONFIG_USER_NS).",
                    "Use another kernel, or build as root with CAP_SYS_ADMIN."));
            return obstacles;
        }
        Long clone = rules.unprivilegedClone();
        if (clone != null && clone == 0 && !host.process().may(ProcessFacts.CAP_SYS_ADMIN)) {
            obstacles.add(new Obstacle(
                    Kind.UNPRIVILEGED_USER_NAMESPACES_OFF,
                    "kernel.unprivileged_userns_clone is 0.",
                    "echo 'kernel.unprivileged_userns_clone = 1' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p"));
        }
        Long maximum = rules.maximum();
        if (maximum != null && maximum == 0) {
            obstacles.add(new Obstacle(Kind.NO_USER_NAMESPACES_LEFT, "user.max_user_namespaces is 0.", REMEDY));
        }
        if (!host.trials().userNamespace().isEmpty()) {
            obstacles.add(denied(host));
        }
        return obstacles;
    }

    private static Obstacle denied(HostFacts host) {
        List<String> remedies = new ArrayList<>();
        if (host.container().inside()) {
            remedies.add(
                    "In Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined, and a volume for the "
                            + "store. In Kubernetes: hostUsers: false, or securityContext.seccompProfile.type: Unconfined and "
                            + "appArmorProfile.type: Unconfined; and an emptyDir for the store.");
        }
        if (host.userNamespaces().appArmorRestricts()) {
            remedies.add("AppArmor restricts user namespaces (kernel.apparmor_restrict_unprivileged_userns is 1): "
                    + "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or give "
                    + String.join(" ", host.tools().unshare())
                    + " a profile with the rule \"userns,\" in /etc/apparmor.d; Java itself needs none.");
        }
        if (remedies.isEmpty()) {
            remedies.add("A system call filter is in force here; run the build without it.");
        }
        return new Obstacle(
                Kind.USER_NAMESPACES_DENIED,
                "A user namespace was tried and refused: " + host.trials().userNamespace(),
                String.join("\n", remedies));
    }

    /** Fewer than containers need when several run at once; nothing is in the way yet. */
    static List<Obstacle> cautions(HostFacts host) {
        Long maximum = host.userNamespaces().maximum();
        return maximum == null || maximum == 0 || maximum >= ENOUGH
                ? List.of()
                : List.of(new Obstacle(
                        Kind.FEW_USER_NAMESPACES,
                        "user.max_user_namespaces is " + maximum + ", and " + ENOUGH + " is what containers want.",
                        REMEDY));
    }
}
