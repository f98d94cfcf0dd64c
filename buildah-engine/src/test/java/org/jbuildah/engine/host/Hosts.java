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

    static FixtureHost macOs() {
        return new FixtureHost().property("os.name", "Mac OS X").property("user.name", "alice");
    }
}
