package org.jbuildah.engine.linux;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The kernel, one method a system call, under the call's own name. Paths are raw bytes without a NUL, relative to the directory
 * {@code dirfd} or to the thread's working directory with {@link #AT_FDCWD}. Every method throws {@link LinuxException} when the
 * call fails; EINTR is retried. Calls that change the thread (unshare, chdir, credentials) change only the calling thread, as the
 * kernel has it.
 *
 * @see <a href="https://man7.org/linux/man-pages/dir_section_2.html">man-pages, section 2</a>
 */
public interface Linux {
    int AT_FDCWD = -100;

    // ---- files, relative to a directory

    /** openat(2) with O_CLOEXEC added; {@code flags} from {@link OpenFlag}. */
    int openat(int dirfd, byte[] path, int flags, int mode) throws LinuxException;

    /** openat2(2) with O_CLOEXEC added; {@code resolve} from {@link ResolveFlag}. */
    int openat2(int dirfd, byte[] path, int flags, int mode, int resolve) throws LinuxException;

    void close(int fd) throws LinuxException;

    /** statx(2) with AT_SYMLINK_NOFOLLOW; an empty path means {@code dirfd} itself (AT_EMPTY_PATH). */
    FileStatus lstat(int dirfd, byte[] path) throws LinuxException;

    /** An open file's {@code struct stat}, with another owner in it. */
    byte[] stat(int fd, long uid, long gid) throws LinuxException;

    /** An open file's {@code struct statx}, with another owner in it; {@code flags} and {@code mask} as in statx(2). */
    byte[] statx(int fd, int flags, int mask, long uid, long gid) throws LinuxException;

    void mkdirat(int dirfd, byte[] path, int mode) throws LinuxException;

    /** {@code mode} with the type bits; device numbers 0 unless it is a device. */
    void mknodat(int dirfd, byte[] path, int mode, int major, int minor) throws LinuxException;

    void symlinkat(byte[] target, int dirfd, byte[] path) throws LinuxException;

    /** Without following a symlink at {@code path}. */
    void linkat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException;

    void renameat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException;

    /** A file, or an empty directory with {@code directory}. */
    void unlinkat(int dirfd, byte[] path, boolean directory) throws LinuxException;

    byte[] readlinkat(int dirfd, byte[] path) throws LinuxException;

    /** The names in a directory, without {@code .} and {@code ..}, in the kernel's order; {@code fd} is an open directory. */
    List<byte[]> getdents(int fd) throws LinuxException;

    /** Without following a symlink. */
    void fchownat(int dirfd, byte[] path, long uid, long gid) throws LinuxException;

    /** Follows a symlink, as the kernel does before 6.6: never call it on one. */
    void fchmodat(int dirfd, byte[] path, int mode) throws LinuxException;

    /** Sets the modification time (and the access time to the same) without following a symlink. */
    void utimensat(int dirfd, byte[] path, long seconds, int nanos) throws LinuxException;

    /** The same for an open file. */
    void futimens(int fd, long seconds, int nanos) throws LinuxException;

    // ---- extended attributes; by path they do not follow a symlink

    /** All that the caller may see, sorted; empty where the file system has none. */
    SortedMap<String, byte[]> lgetxattrs(byte[] path) throws LinuxException;

    void lsetxattr(byte[] path, String name, byte[] value) throws LinuxException;

    void lremovexattr(byte[] path, String name) throws LinuxException;

    /** Follows symlinks, also those of {@code /proc}, which lead to an open file. */
    void setxattr(byte[] path, String name, byte[] value) throws LinuxException;

    /** Follows symlinks; null where there is none of that name; ERANGE for a value of more than 256 bytes. */
    byte @Nullable [] getxattr(byte[] path, String name) throws LinuxException;

    // ---- content

    /** Reads at most {@code length} bytes into {@code buffer}; 0 at the end. */
    int read(int fd, byte[] buffer, int offset, int length) throws LinuxException;

    /** Writes all of it. */
    void write(int fd, byte[] buffer, int offset, int length) throws LinuxException;

    /** Writes as much as can be written at once to a descriptor that is open with {@link OpenFlag#NONBLOCK}; 0 for nothing now. */
    int writeSome(int fd, byte[] buffer, int offset, int length) throws LinuxException;

    void ftruncate(int fd, long size) throws LinuxException;

    long lseek(int fd, long offset, int whence) throws LinuxException;

    /** Copies up to {@code length} bytes between the files' own positions; 0 at the end. */
    long copyFileRange(int fromFd, int toFd, long length) throws LinuxException;

    /** ioctl FICLONE: shares the whole content. */
    void ficlone(int toFd, int fromFd) throws LinuxException;

    void fsync(int fd) throws LinuxException;

    /** Whether the path leads to something; follows symlinks; what cannot be searched counts as ENOENT would. */
    boolean exists(int dirfd, byte[] path);

    // ---- mounts

    /** Null arguments are passed as NULL; {@code flags} from {@link MountFlag}. */
    void mount(@Nullable String source, byte[] target, @Nullable String type, long flags, @Nullable String data)
            throws LinuxException;

    /**
     * mount_setattr(2): adds attributes to the mount that holds a path, the others stay.
     *
     * @param path empty means {@code dirfd} itself
     * @param recursive also to every mount below
     * @param attributes from {@link MountAttribute}
     */
    void mountSetattr(int dirfd, byte[] path, boolean recursive, long attributes) throws LinuxException;

    void umount2(byte[] target, int flags) throws LinuxException;

    void pivotRoot(byte[] newRoot, byte[] putOld) throws LinuxException;

    // ---- the calling thread

    /** {@code flags} from {@link CloneFlag}. */
    void unshare(int flags) throws LinuxException;

    void chdir(byte[] path) throws LinuxException;

    void fchdir(int fd) throws LinuxException;

    void chroot(byte[] path) throws LinuxException;

    int umask(int mask);

    void sethostname(String name) throws LinuxException;

    void setgroups(int[] gids) throws LinuxException;

    void setresgid(int gid) throws LinuxException;

    void setresuid(int uid) throws LinuxException;

    /** Real ids alone: by them prlimit(2) knows whose process another is, while the effective ones keep the capabilities. */
    void setRealIds(int uid, int gid) throws LinuxException;

    /** The same set as effective and permitted; inheritable empty. Bit n is capability n. */
    void capset(long capabilities) throws LinuxException;

    /** Removes one capability from the bounding set; one that the kernel does not know is left alone. */
    void dropFromBoundingSet(int capability) throws LinuxException;

    void setNoNewPrivs() throws LinuxException;

    /** PR_SET_CHILD_SUBREAPER: descendants of this process that lose their parent become its children, instead of process 1's. */
    void becomeSubreaper() throws LinuxException;

    /** {@code program}: {@code struct sock_filter}s in native byte order, eight bytes each. */
    void seccompSetFilter(byte[] program) throws LinuxException;

    /**
     * As {@link #seccompSetFilter}, for a program that gives SECCOMP_RET_USER_NOTIF: such calls wait for an answer from whoever
     * has the listener. A call that was received is not broken off by signals where the kernel can do that (5.19).
     *
     * @return the listener, a descriptor of the calling thread's table; close-on-exec
     */
    int seccompListen(byte[] program) throws LinuxException;

    /** Marks every descriptor from {@code first} up as close-on-exec in the thread's own table. */
    void closeRangeOnExec(int first) throws LinuxException;

    // ---- processes

    /** Read end, write end; both close-on-exec. */
    int[] pipe2() throws LinuxException;

    /**
     * posix_spawn(3): a new session, no blocked signals, all dispositions default.
     *
     * @param files what the child does in this order; descriptors that are not close-on-exec are inherited besides
     * @return the process id
     */
    int posixSpawn(String path, List<String> arguments, List<String> environment, List<FileAction> files)
            throws LinuxException;

    /** Waits for a child to end, whichever thread started it; the raw wait status, which {@link WaitStatus} reads. */
    int wait4(int pid) throws LinuxException;

    /** A descriptor that is readable once the process has ended; close-on-exec. */
    int pidfdOpen(int pid) throws LinuxException;

    void pidfdSendSignal(int pidfd, int signal) throws LinuxException;

    /**
     * ppoll(2): waits until a descriptor can be read, is at its end or in error.
     *
     * @param fds 64 at most; a negative one is passed over
     * @return bit n for {@code fds[n]}; 0 after the timeout or when a signal came
     */
    long poll(int[] fds, int timeoutMillis) throws LinuxException;

    /** Soft and hard limit of this process; {@code resource} is an RLIMIT number; unlimited is -1. */
    long[] getrlimit(int resource) throws LinuxException;

    void setrlimit(int resource, long soft, long hard) throws LinuxException;

    /** prlimit(2): sets the limits of another process; unlimited is -1. */
    void prlimit(int pid, int resource, long soft, long hard) throws LinuxException;

    /** Soft and hard limit of another process; unlimited is -1. */
    long[] prlimit(int pid, int resource) throws LinuxException;

    void kill(int pid, int signal) throws LinuxException;

    int getpid();

    int gettid();

    int geteuid();

    // ---- terminals

    /**
     * Lets the other end of a new pseudo terminal be opened: ioctl TIOCSPTLCK and TIOCGPTN.
     *
     * @param master from opening a {@code ptmx}
     * @return the name of the other end in the directory of that {@code ptmx}, a number
     */
    int unlockTerminal(int master) throws LinuxException;

    /** ioctl TIOCSWINSZ, on either end of a pseudo terminal. */
    void setWindowSize(int fd, int rows, int columns) throws LinuxException;

    /** Sets the loopback device of the calling thread's network namespace up: ioctl SIOCSIFFLAGS. */
    void bringLoopbackUp() throws LinuxException;

    // ---- the calls of other processes

    /** Waits for a call; kernels before 5.9 do not tell that no process is left to make one. */
    NotedCall.State awaitCall(int listener, int timeoutMillis) throws LinuxException;

    /** The next call at a listener where one is; null if its process has gone meanwhile. */
    @Nullable
    NotedCall receiveCall(int listener) throws LinuxException;

    /** Whether it still waits: if not, its pid may be another process by now. */
    boolean stillWaits(int listener, NotedCall call);

    /**
     * Ends a call; nothing happens if it does not wait any more.
     *
     * @param errno 0 for success
     */
    void answer(int listener, NotedCall call, long result, int errno) throws LinuxException;

    /** Lets the kernel do a call that was received, as if nobody had listened (5.5). Nothing happens if it does not wait any more. */
    void letPass(int listener, NotedCall call) throws LinuxException;

    /** process_vm_readv(2): as many bytes as can be read, up to {@code buffer.length}. */
    int readMemory(int pid, long address, byte[] buffer) throws LinuxException;

    /** process_vm_writev(2), all of it. */
    void writeMemory(int pid, long address, byte[] bytes) throws LinuxException;

    // ---- handing descriptors to a thread with another table

    /** socketpair(2): two connected local sockets, close-on-exec. */
    int[] socketpair() throws LinuxException;

    /** SCM_RIGHTS. */
    void sendDescriptor(int socket, int descriptor) throws LinuxException;

    /** Waits for what {@link #sendDescriptor} sends; -1 when the other end was closed instead. */
    int receiveDescriptor(int socket) throws LinuxException;

    // ---- file systems

    /** Which mount of all an open file is in; 0 where the kernel does not tell (before 5.8). */
    long mountId(int fd) throws LinuxException;

    /** The magic number of the file system that holds {@code path}, {@code f_type} of statfs(2). */
    long fileSystemType(byte[] path) throws LinuxException;

    /** {@code f_flags} of statfs(2): RDONLY 1, NOSUID 2, NODEV 4, NOEXEC 8, NOATIME 0x400, NODIRATIME 0x800, RELATIME 0x1000. */
    long mountFlags(byte[] path) throws LinuxException;
}
