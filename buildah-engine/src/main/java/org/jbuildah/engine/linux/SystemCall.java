package org.jbuildah.engine.linux;

import java.util.Locale;

/**
 * The system calls that this room makes, with their numbers. Only calls that exist on every architecture are here: aarch64 has no
 * {@code mkdir}, only {@code mkdirat}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscalls.2.html">syscalls(2)</a>; numbers: asm/unistd_64.h and
 *     asm-generic/unistd.h of the kernel
 */
enum SystemCall {
    // name             x86_64  aarch64
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    LSEEK(8, 62),
    IOCTL(16, 29),
    GETPID(39, 172),
    SOCKET(41, 198),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SOCKETPAIR(53, 199),
    WAIT4(61, 260),
    KILL(62, 129),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    CHDIR(80, 49),
    FCHDIR(81, 50),
    UMASK(95, 166),
    GETEUID(107, 175),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    CAPSET(126, 91),
    STATFS(137, 43),
    PIVOT_ROOT(155, 41),
    PRCTL(157, 167),
    CHROOT(161, 51),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    SETHOSTNAME(170, 161),
    GETTID(186, 178),
    SETXATTR(188, 5),
    LSETXATTR(189, 6),
    GETXATTR(191, 8),
    LGETXATTR(192, 9),
    LLISTXATTR(195, 12),
    LREMOVEXATTR(198, 15),
    GETDENTS64(217, 61),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    FCHOWNAT(260, 54),
    NEWFSTATAT(262, 79),
    UNLINKAT(263, 35),
    LINKAT(265, 37),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    FACCESSAT(269, 48),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    UTIMENSAT(280, 88),
    PIPE2(293, 59),
    PRLIMIT64(302, 261),
    RENAMEAT2(316, 276),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    SECCOMP(317, 277),
    COPY_FILE_RANGE(326, 285),
    STATX(332, 291),
    PIDFD_SEND_SIGNAL(424, 424),
    PIDFD_OPEN(434, 434),
    CLOSE_RANGE(436, 436),
    OPENAT2(437, 437),
    MOUNT_SETATTR(442, 442);

    private final int x86;
    private final int aarch;
    private final String title;

    SystemCall(int x86, int aarch) {
        this.x86 = x86;
        this.aarch = aarch;
        this.title = name().toLowerCase(Locale.ROOT);
    }

    int number(Architecture architecture) {
        return architecture == Architecture.X86_64 ? x86 : aarch;
    }

    /** As in the manual: {@code pivot_root}. */
    String title() {
        return title;
    }
}
