package org.jbuildah.engine.host;

/** Machines that users have. */
final class Hosts {
    static final long ALL_CAPABILITIES = 0x1ff_ffff_ffffL;
    /** What Docker gives to root in a container. */
    static final long DOCKER_CAPABILITIES = 0xa80425fbL;

    private Hosts() {}

    /** alice, uid 1000, with sub-ids and the package uidmap. */
    static FixtureHost rootlessUbuntu() {
        return new FixtureHost()
                .property("os.name", "Linux")
                .property("java.home", "/usr/lib/jvm/java-17")
                .property("user.name", "alice")
                .environment("PATH", "/usr/bin:/bin")
                .process(1000, 0, ALL_CAPABILITIES, false, false)
                .file("/proc/sys/kernel/osrelease", "6.8.0-45-generic\n")
                .file("/etc/os-release", "PRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\nID=ubuntu\nID_LIKE=debian\n")
                .file(
                        "/proc/sys/kernel/seccomp/actions_avail",
                        "kill_process kill_thread trap errno user_notif trace log allow\n")
                .file("/proc/self/uid_map", "         0          0 4294967295\n")
                .file("/proc/self/gid_map", "         0          0 4294967295\n")
                .file("/proc/self/ns/user", "")
                .file("/proc/sys/user/max_user_namespaces", "96365\n")
                .file("/proc/filesystems", "nodev\tsysfs\n\text4\nnodev\toverlay\n")
                .file(
                        "/proc/self/mountinfo",
                        """
                        27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                        40 27 0:40 / /home rw,relatime shared:5 - xfs /dev/vdb rw
                        """)
                .file("/etc/subuid", "root:1:1\nalice:100000:65536\n")
                .file("/etc/subgid", "alice:200000:65536\n")
                .program("/usr/bin/unshare", 0100755)
                .program("/bin/sh", 0100755)
                .program("/usr/lib/jvm/java-17/bin/java", 0100755)
                .program("/usr/bin/newuidmap", 0104755)
                .program("/usr/bin/newgidmap", 0104755);
    }

    static FixtureHost root() {
        return rootlessUbuntu()
                .property("user.name", "root")
                .process(0, ALL_CAPABILITIES, ALL_CAPABILITIES, false, false);
    }

    /** Root in a container with Docker's own seccomp filter and capabilities, the store on the container's layer. */
    static FixtureHost dockerDefault() {
        return root().file("/.dockerenv", "")
                .process(0, DOCKER_CAPABILITIES, DOCKER_CAPABILITIES, false, true)
                .file("/proc/self/mountinfo", "27 1 0:60 / / rw,relatime - overlay overlay rw\n")
                .refusing("/usr/bin/unshare -U -r: exit code 1 unshare: unshare failed: Operation not permitted");
    }

    /** As {@link #dockerDefault()}, but unconfined and with a volume. */
    static FixtureHost dockerUnconfined() {
        return dockerDefault()
                .process(0, DOCKER_CAPABILITIES, DOCKER_CAPABILITIES, false, false)
                .file(
                        "/proc/self/mountinfo",
                        """
                        27 1 0:60 / / rw,relatime - overlay overlay rw
                        50 27 254:0 /v /home/alice/.local/share/jbuildah rw - ext4 /dev/vda rw
                        """)
                .refusing("");
    }

    /** Ubuntu 24.04 as it is delivered: AppArmor lets an ordinary user make a namespace and then denies what its root may do. */
    static FixtureHost ubuntuWithAppArmor() {
        return rootlessUbuntu()
                .file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n")
                .file("/proc/self/attr/current", "unconfined\n")
                .refusing(
                        "/usr/bin/unshare -U -r: exit code 1 unshare: write failed /proc/self/uid_map: Operation not permitted");
    }

    static FixtureHost debian10() {
        return rootlessUbuntu()
                .file("/proc/sys/kernel/osrelease", "4.19.0-27-amd64\n")
                .file("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 10 (buster)\"\nID=debian\n")
                .file("/proc/sys/kernel/unprivileged_userns_clone", "0\n")
                .without("/usr/bin/newuidmap")
                .without("/usr/bin/newgidmap");
    }

    static FixtureHost rhel8() {
        return rootlessUbuntu()
                .file("/proc/sys/kernel/osrelease", "4.18.0-553.16.1.el8_10.x86_64\n")
                .file(
                        "/etc/os-release",
                        "NAME=\"Red Hat Enterprise Linux\"\nID=\"rhel\"\nID_LIKE=\"fedora\"\nPRETTY_NAME=\"Red Hat Enterprise Linux 8.10 (Ootpa)\"\n")
                .file("/sys/fs/selinux/enforce", "1")
                .program("/usr/bin/newuidmap", 0100755)
                .program("/usr/bin/newgidmap", 0100755)
                .program("/usr/sbin/getcap", 0100755)
                .saying("/usr/sbin/getcap /usr/bin/newuidmap", 0, "/usr/bin/newuidmap = cap_setuid+ep")
                .saying("/usr/sbin/getcap /usr/bin/newgidmap", 0, "/usr/bin/newgidmap cap_setgid=ep");
    }

    /** A pod under cgroup v2: no file says that it is one, and its own cgroup is the root of all that it sees. */
    static FixtureHost pod() {
        return dockerUnconfined()
                .without("/.dockerenv")
                .environment("KUBERNETES_SERVICE_HOST", "10.96.0.1")
                .file("/proc/1/cgroup", "0::/\n");
    }

    /** As Kubernetes' "restricted" standard has it, and unconfined all the same. */
    static FixtureHost podWithoutNewPrivileges() {
        return pod().property("user.name", "alice").process(1000, 0, 0, true, false);
    }

    static FixtureHost macOs() {
        return new FixtureHost()
                .property("os.name", "Mac OS X")
                .property("user.name", "alice")
                .environment("PATH", "/usr/bin:/usr/local/bin");
    }

    static FixtureHost windows() {
        return new FixtureHost()
                .property("os.name", "Windows 11")
                .property("user.name", "alice")
                .environment("Path", "C:\\Windows;C:\\Docker\\bin");
    }

    static FixtureHost wsl2() {
        return rootlessUbuntu()
                .file("/proc/sys/kernel/osrelease", "5.15.167.4-microsoft-standard-WSL2\n")
                .file("/run/systemd/container", "wsl\n");
    }
}
