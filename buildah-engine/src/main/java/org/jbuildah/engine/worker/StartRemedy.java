package org.jbuildah.engine.worker;

/** What to do when the namespaces of a worker cannot be made, by what the tools said. */
final class StartRemedy {
    private StartRemedy() {}

    static String of(String said) {
        if (said.contains("newuidmap") || said.contains("newgidmap")) {
            return "Check the ranges in /etc/subuid and /etc/subgid, and that newuidmap and newgidmap are setuid root or have the "
                    + "capabilities cap_setuid+ep and cap_setgid+ep (package uidmap or shadow-utils). A container without "
                    + "CAP_SYS_ADMIN needs the latter.";
        }
        if (said.contains("uid_map") || said.contains("gid_map") || said.contains("write failed")) {
            return "The kernel refused to map ids. A container needs the capabilities SETUID, SETGID and SETFCAP.";
        }
        if (said.contains("unshare failed: Operation not permitted") || said.contains("unshare(0x")) {
            return "Namespaces are denied here. In a container: --security-opt seccomp=unconfined --security-opt apparmor=unconfined, "
                    + "or in Kubernetes securityContext.seccompProfile.type: Unconfined and appArmorProfile.type: Unconfined.\n"
                    + "On Ubuntu 23.10 and later: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
        }
        if (said.contains("unshare failed: No space left on device")) {
            return "No more user namespaces are allowed: echo 'user.max_user_namespaces = 15000' | sudo tee -a /etc/sysctl.conf ; "
                    + "sudo sysctl -p";
        }
        if (said.contains("insufficient memory") || said.contains("Could not reserve")) {
            return "The second Java process needs about 200 MB of memory beside Maven's.";
        }
        return "";
    }
}
