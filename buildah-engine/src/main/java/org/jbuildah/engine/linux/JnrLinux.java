package org.jbuildah.engine.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kernel itself, through the C library's {@code syscall} function and jffi. Safe for use by many threads; each has its own
 * native memory. Usable in a thread whose root directory is gone: everything it needs is loaded by {@link #load()}.
 */
public final class JnrLinux implements Linux {
    private static final int CHUNK = 64 * 1024;
    private static final int SHORT = 256;
    private static final byte[] HERE = {};

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_RECURSIVE = 0x8000;
    private static final int STATX_BASIC_STATS_AND_BIRTH = 0xfff;
    private static final long FICLONE = 0x40049409L;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSWINSZ = 0x5414L;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int POLLIN = 1;
    private static final int SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1;
    private static final int MESSAGE_CONTROL = 80;
    private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 1 << 3;
    private static final int SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 1 << 5;
    private static final long SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100L;
    private static final long SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101L;
    private static final long SECCOMP_IOCTL_NOTIF_ID_VALID = 0x40082102L;

    /** Sizes of glibc's posix_spawnattr_t (336) and posix_spawn_file_actions_t (80) on 64-bit machines, and some more. */
    private static final int SPAWN_STRUCT = 512;

    private static final int POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final int POSIX_SPAWN_SETSID = 0x80;

    /** All signals but KILL and STOP, whose disposition is fixed, and 32 and 33, which the C library keeps for itself. */
    private static final long ALL_SIGNALS = ~(1L << 8 | 1L << 18 | 3L << 31);

    private final LibC libc;
    private final Architecture architecture;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private JnrLinux(LibC libc, Architecture architecture) {
        this.libc = libc;
        this.architecture = architecture;
    }

    /**
     * Loads the native library and proves that arguments arrive as given.
     *
     * @throws IOException if this JVM cannot call the kernel; the message says why
     */
    public static JnrLinux load() throws IOException {
        try {
            JnrLinux linux = new JnrLinux(LibC.load(), Architecture.ofThisJvm());
            SelfTest.run(linux);
            return linux;
        } catch (LinkageError | UnsupportedOperationException e) {
            throw new IOException("the kernel cannot be called from this JVM: " + e, e);
        }
    }

    // ---- files

    @Override
    public int openat(int dirfd, byte[] path, int flags, int mode) throws LinuxException {
        Scratch memory = begin(SystemCall.OPENAT, path);
        return (int) must(SystemCall.OPENAT, path, dirfd, memory.string(path), flags | OpenFlag.CLOEXEC, mode, 0);
    }

    @Override
    public int openat2(int dirfd, byte[] path, int flags, int mode, int resolve) throws LinuxException {
        Scratch memory = begin(SystemCall.OPENAT2, path);
        int how = memory.zeroed(24);
        memory.memory().putLong(how, flags | OpenFlag.CLOEXEC);
        memory.memory().putLong(how + 8, mode);
        memory.memory().putLong(how + 16, resolve);
        return (int) must(SystemCall.OPENAT2, path, dirfd, memory.string(path), memory.address(how), 24, 0);
    }

    @Override
    public void close(int fd) throws LinuxException {
        long result = call(SystemCall.CLOSE, fd, 0, 0, 0, 0);
        // on Linux the descriptor is gone even after EINTR: closing again could hit another thread's
        if (result < 0 && result != -Errno.EINTR.number()) {
            throw new LinuxException("close", "descriptor " + fd, (int) -result);
        }
    }

    @Override
    public FileStatus lstat(int dirfd, byte[] path) throws LinuxException {
        Scratch memory = begin(SystemCall.STATX, path);
        int status = memory.reserve(KernelStructs.STATX_SIZE);
        int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
        must(
                SystemCall.STATX,
                path,
                dirfd,
                memory.string(path),
                flags,
                STATX_BASIC_STATS_AND_BIRTH,
                memory.address(status));
        return KernelStructs.statx(memory.memory(), status);
    }

    @Override
    public byte[] stat(int fd, long uid, long gid) throws LinuxException {
        Scratch memory = begin(SystemCall.NEWFSTATAT, HERE);
        int size = KernelStructs.statSize(architecture);
        int status = memory.zeroed(size);
        long name = memory.string(HERE);
        must(SystemCall.NEWFSTATAT, fd, name, memory.address(status), AT_EMPTY_PATH, 0);
        KernelStructs.owner(architecture, memory.memory(), status, uid, gid);
        return bytes(memory, status, size);
    }

    @Override
    public byte[] statx(int fd, int flags, int mask, long uid, long gid) throws LinuxException {
        Scratch memory = begin(SystemCall.STATX, HERE);
        int status = memory.zeroed(KernelStructs.STATX_SIZE);
        long name = memory.string(HERE);
        must(SystemCall.STATX, fd, name, flags | AT_EMPTY_PATH, mask, memory.address(status));
        memory.memory().putInt(status + 20, (int) uid).putInt(status + 24, (int) gid);
        return bytes(memory, status, KernelStructs.STATX_SIZE);
    }

    @Override
    public void mkdirat(int dirfd, byte[] path, int mode) throws LinuxException {
        must(SystemCall.MKDIRAT, path, dirfd, begin(SystemCall.MKDIRAT, path).string(path), mode, 0, 0);
    }

    @Override
    public void mknodat(int dirfd, byte[] path, int mode, int major, int minor) throws LinuxException {
        long name = begin(SystemCall.MKNODAT, path).string(path);
        must(SystemCall.MKNODAT, path, dirfd, name, mode, KernelStructs.device(major, minor), 0);
    }

    @Override
    public void symlinkat(byte[] target, int dirfd, byte[] path) throws LinuxException {
        Scratch memory = begin(SystemCall.SYMLINKAT, target, path);
        must(SystemCall.SYMLINKAT, path, memory.string(target), dirfd, memory.string(path), 0, 0);
    }

    @Override
    public void linkat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException {
        Scratch memory = begin(SystemCall.LINKAT, path, newPath);
        must(SystemCall.LINKAT, newPath, dirfd, memory.string(path), newDirfd, memory.string(newPath), 0);
    }

    @Override
    public void renameat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException {
        Scratch memory = begin(SystemCall.RENAMEAT2, path, newPath);
        must(SystemCall.RENAMEAT2, path, dirfd, memory.string(path), newDirfd, memory.string(newPath), 0);
    }

    @Override
    public void unlinkat(int dirfd, byte[] path, boolean directory) throws LinuxException {
        long name = begin(SystemCall.UNLINKAT, path).string(path);
        must(SystemCall.UNLINKAT, path, dirfd, name, directory ? AT_REMOVEDIR : 0, 0, 0);
    }

    @Override
    public byte[] readlinkat(int dirfd, byte[] path) throws LinuxException {
        Scratch memory = begin(SystemCall.READLINKAT, path);
        int target = memory.reserve(4096); // PATH_MAX: no symlink is longer
        long name = memory.string(path);
        int length = (int) must(SystemCall.READLINKAT, path, dirfd, name, memory.address(target), 4096, 0);
        return bytes(memory, target, length);
    }

    @Override
    public List<byte[]> getdents(int fd) throws LinuxException {
        List<byte[]> names = new ArrayList<>();
        Scratch memory = scratch.get().begin(CHUNK);
        int entries = memory.reserve(CHUNK);
        while (true) {
            int length = (int) must(SystemCall.GETDENTS64, fd, memory.address(entries), CHUNK, 0, 0);
            if (length == 0) {
                return names;
            }
            KernelStructs.dirents(memory.memory(), entries, length, names);
        }
    }

    @Override
    public void fchownat(int dirfd, byte[] path, long uid, long gid) throws LinuxException {
        long name = begin(SystemCall.FCHOWNAT, path).string(path);
        int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
        must(SystemCall.FCHOWNAT, path, dirfd, name, uid, gid, flags);
    }

    @Override
    public void fchmodat(int dirfd, byte[] path, int mode) throws LinuxException {
        must(SystemCall.FCHMODAT, path, dirfd, begin(SystemCall.FCHMODAT, path).string(path), mode, 0, 0);
    }

    @Override
    public void utimensat(int dirfd, byte[] path, long seconds, int nanos) throws LinuxException {
        Scratch memory = begin(SystemCall.UTIMENSAT, path);
        int times = times(memory, seconds, nanos);
        long name = memory.string(path);
        must(SystemCall.UTIMENSAT, path, dirfd, name, memory.address(times), AT_SYMLINK_NOFOLLOW, 0);
    }

    @Override
    public void futimens(int fd, long seconds, int nanos) throws LinuxException {
        byte[] nothing = {};
        Scratch memory = begin(SystemCall.UTIMENSAT, nothing);
        int times = times(memory, seconds, nanos);
        must(SystemCall.UTIMENSAT, nothing, fd, 0, memory.address(times), 0, 0);
    }

    private static int times(Scratch memory, long seconds, int nanos) {
        int times = memory.reserve(32);
        for (int time = times; time < times + 32; time += 16) {
            memory.memory().putLong(time, seconds);
            memory.memory().putLong(time + 8, nanos);
        }
        return times;
    }

    @Override
    public boolean exists(int dirfd, byte[] path) {
        if (hasNul(path)) {
            return false;
        }
        return call(
                        SystemCall.FACCESSAT,
                        dirfd,
                        scratch.get().begin(path.length).string(path),
                        0,
                        0,
                        0)
                == 0;
    }

    // ---- extended attributes

    @Override
    public SortedMap<String, byte[]> lgetxattrs(byte[] path) throws LinuxException {
        SortedMap<String, byte[]> attributes = new TreeMap<>();
        Scratch memory = begin(SystemCall.LLISTXATTR, path, CHUNK);
        int list = memory.reserve(CHUNK);
        long length = call(SystemCall.LLISTXATTR, memory.string(path), memory.address(list), CHUNK, 0, 0);
        if (length == -Errno.EOPNOTSUPP.number()) {
            return attributes;
        }
        check(SystemCall.LLISTXATTR, path, length);
        if (length == 0) {
            return attributes;
        }
        for (String name : KernelStructs.xattrNames(bytes(memory, list, (int) length))) {
            byte[] value = lgetxattr(path, name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    /** Null for one that went away since it was listed. */
    private byte @Nullable [] lgetxattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = utf8(name);
        Scratch memory = begin(SystemCall.LGETXATTR, path, nameBytes.length + CHUNK);
        int value = memory.reserve(CHUNK); // XATTR_SIZE_MAX
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        long length = call(SystemCall.LGETXATTR, pathAddress, nameAddress, memory.address(value), CHUNK, 0);
        if (length == -Errno.ENODATA.number()) {
            return null;
        }
        check(SystemCall.LGETXATTR, path, length);
        return bytes(memory, value, (int) length);
    }

    @Override
    public void lsetxattr(byte[] path, String name, byte[] value) throws LinuxException {
        setxattr(SystemCall.LSETXATTR, path, name, value);
    }

    @Override
    public void setxattr(byte[] path, String name, byte[] value) throws LinuxException {
        setxattr(SystemCall.SETXATTR, path, name, value);
    }

    private void setxattr(SystemCall call, byte[] path, String name, byte[] value) throws LinuxException {
        byte[] nameBytes = utf8(name);
        Scratch memory = begin(call, path, nameBytes.length + value.length);
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        long valueAddress = memory.address(memory.copy(value));
        must(call, path, pathAddress, nameAddress, valueAddress, value.length, 0);
    }

    @Override
    public byte @Nullable [] getxattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = utf8(name);
        Scratch memory = begin(SystemCall.GETXATTR, path, nameBytes.length);
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        int value = memory.reserve(SHORT);
        long length = call(SystemCall.GETXATTR, pathAddress, nameAddress, memory.address(value), SHORT, 0);
        if (length == -Errno.ENODATA.number() || length == -Errno.EOPNOTSUPP.number()) {
            return null;
        }
        return bytes(memory, value, (int) check(SystemCall.GETXATTR, path, length));
    }

    @Override
    public void lremovexattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = utf8(name);
        Scratch memory = begin(SystemCall.LREMOVEXATTR, path, nameBytes.length);
        must(SystemCall.LREMOVEXATTR, path, memory.string(path), memory.string(nameBytes), 0, 0, 0);
    }

    // ---- content

    @Override
    public int read(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int size = Math.min(length, CHUNK);
        Scratch memory = scratch.get().begin(size);
        int at = memory.reserve(size);
        int count = (int) must(SystemCall.READ, fd, memory.address(at), size, 0, 0);
        memory.memory().get(at, buffer, offset, count);
        return count;
    }

    @Override
    public void write(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int done = 0;
        while (done < length) {
            int size = Math.min(length - done, CHUNK);
            Scratch memory = scratch.get().begin(size);
            int at = memory.reserve(size);
            memory.memory().put(at, buffer, offset + done, size);
            done += (int) must(SystemCall.WRITE, fd, memory.address(at), size, 0, 0);
        }
    }

    @Override
    public int writeSome(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int size = Math.min(length, CHUNK);
        Scratch memory = scratch.get().begin(size);
        int at = memory.reserve(size);
        memory.memory().put(at, buffer, offset, size);
        try {
            return (int) must(SystemCall.WRITE, fd, memory.address(at), size, 0, 0);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EAGAIN) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    public void ftruncate(int fd, long size) throws LinuxException {
        must(SystemCall.FTRUNCATE, fd, size, 0, 0, 0);
    }

    @Override
    public long lseek(int fd, long offset, int whence) throws LinuxException {
        return must(SystemCall.LSEEK, fd, offset, whence, 0, 0);
    }

    @Override
    public long copyFileRange(int fromFd, int toFd, long length) throws LinuxException {
        int number = SystemCall.COPY_FILE_RANGE.number(architecture);
        long result;
        do {
            result = libc.syscall(number, fromFd, 0, toFd, 0, length, 0);
        } while (result == -Errno.EINTR.number());
        return check(SystemCall.COPY_FILE_RANGE, HERE, result);
    }

    @Override
    public void ficlone(int toFd, int fromFd) throws LinuxException {
        must(SystemCall.IOCTL, toFd, FICLONE, fromFd, 0, 0);
    }

    @Override
    public void fsync(int fd) throws LinuxException {
        must(SystemCall.FSYNC, fd, 0, 0, 0, 0);
    }

    // ---- mounts

    @Override
    public void mount(@Nullable String source, byte[] target, @Nullable String type, long flags, @Nullable String data)
            throws LinuxException {
        byte[][] texts = {optional(source), optional(type), optional(data)};
        Scratch memory = begin(SystemCall.MOUNT, target, texts[0].length + texts[1].length + texts[2].length);
        long sourceAddress = source == null ? 0 : memory.string(texts[0]);
        long typeAddress = type == null ? 0 : memory.string(texts[1]);
        long dataAddress = data == null ? 0 : memory.string(texts[2]);
        must(SystemCall.MOUNT, target, sourceAddress, memory.string(target), typeAddress, flags, dataAddress);
    }

    @Override
    public void mountSetattr(int dirfd, byte[] path, boolean recursive, long attributes) throws LinuxException {
        Scratch memory = begin(SystemCall.MOUNT_SETATTR, path);
        int attr = memory.zeroed(32); // struct mount_attr: set, clear, propagation, userns_fd
        memory.memory().putLong(attr, attributes);
        int flags = (recursive ? AT_RECURSIVE : 0) | (path.length == 0 ? AT_EMPTY_PATH : 0);
        must(SystemCall.MOUNT_SETATTR, path, dirfd, memory.string(path), flags, memory.address(attr), 32);
    }

    @Override
    public void umount2(byte[] target, int flags) throws LinuxException {
        must(SystemCall.UMOUNT2, target, begin(SystemCall.UMOUNT2, target).string(target), flags, 0, 0, 0);
    }

    @Override
    public void pivotRoot(byte[] newRoot, byte[] putOld) throws LinuxException {
        Scratch memory = begin(SystemCall.PIVOT_ROOT, newRoot, putOld);
        must(SystemCall.PIVOT_ROOT, newRoot, memory.string(newRoot), memory.string(putOld), 0, 0, 0);
    }

    // ---- the calling thread

    @Override
    public void unshare(int flags) throws LinuxException {
        must(SystemCall.UNSHARE, flags, 0, 0, 0, 0);
    }

    @Override
    public void chdir(byte[] path) throws LinuxException {
        must(SystemCall.CHDIR, path, begin(SystemCall.CHDIR, path).string(path), 0, 0, 0, 0);
    }

    @Override
    public void fchdir(int fd) throws LinuxException {
        must(SystemCall.FCHDIR, fd, 0, 0, 0, 0);
    }

    @Override
    public void chroot(byte[] path) throws LinuxException {
        must(SystemCall.CHROOT, path, begin(SystemCall.CHROOT, path).string(path), 0, 0, 0, 0);
    }

    @Override
    public int umask(int mask) {
        return (int) call(SystemCall.UMASK, mask, 0, 0, 0, 0);
    }

    @Override
    public void sethostname(String name) throws LinuxException {
        byte[] bytes = utf8(name);
        long address = begin(SystemCall.SETHOSTNAME, bytes).string(bytes);
        must(SystemCall.SETHOSTNAME, bytes, address, bytes.length, 0, 0, 0);
    }

    @Override
    public void setgroups(int[] gids) throws LinuxException {
        must(SystemCall.SETGROUPS, gids.length, ints(gids), 0, 0, 0);
    }

    @Override
    public void setresgid(int gid) throws LinuxException {
        must(SystemCall.SETRESGID, gid, gid, gid, 0, 0);
    }

    @Override
    public void setresuid(int uid) throws LinuxException {
        must(SystemCall.SETRESUID, uid, uid, uid, 0, 0);
    }

    @Override
    public void capset(long capabilities) throws LinuxException {
        Scratch memory = scratch.get().begin(64);
        int header = memory.zeroed(8);
        memory.memory().putInt(header, CAPABILITY_VERSION_3);
        int data = copy(memory, KernelStructs.capabilityData(capabilities));
        must(SystemCall.CAPSET, memory.address(header), memory.address(data), 0, 0, 0);
    }

    @Override
    public void dropFromBoundingSet(int capability) throws LinuxException {
        long result = call(SystemCall.PRCTL, PR_CAPBSET_DROP, capability, 0, 0, 0);
        if (result < 0 && result != -Errno.EINVAL.number()) {
            throw new LinuxException("prctl(PR_CAPBSET_DROP)", "capability " + capability, (int) -result);
        }
    }

    @Override
    public void setRealIds(int uid, int gid) throws LinuxException {
        must(SystemCall.SETRESGID, gid, -1, -1, 0, 0);
        must(SystemCall.SETRESUID, uid, -1, -1, 0, 0);
    }

    @Override
    public void setNoNewPrivs() throws LinuxException {
        must(SystemCall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    }

    @Override
    public void becomeSubreaper() throws LinuxException {
        must(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    @Override
    public void seccompSetFilter(byte[] program) throws LinuxException {
        must(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, 0, filterProgram(program), 0, 0);
    }

    @Override
    public int seccompListen(byte[] program) throws LinuxException {
        long filter = filterProgram(program);
        int unbroken = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
        long listener = call(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, unbroken, filter, 0, 0);
        if (listener < 0) {
            int flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
            listener = must(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, flags, filter, 0, 0);
        }
        return (int) listener;
    }

    private long filterProgram(byte[] program) {
        Scratch memory = scratch.get().begin(program.length + 16);
        int filter = memory.copy(program);
        int prog = memory.zeroed(16); // struct sock_fprog: length in instructions, pointer
        memory.memory().putShort(prog, (short) (program.length / 8));
        memory.memory().putLong(prog + 8, memory.address(filter));
        return memory.address(prog);
    }

    @Override
    public void closeRangeOnExec(int first) throws LinuxException {
        must(SystemCall.CLOSE_RANGE, first, 0xffffffffL, CLOSE_RANGE_CLOEXEC, 0, 0);
    }

    // ---- processes

    @Override
    public int[] pipe2() throws LinuxException {
        Scratch memory = scratch.get().begin(8);
        int pair = memory.reserve(8);
        must(SystemCall.PIPE2, memory.address(pair), OpenFlag.CLOEXEC, 0, 0, 0);
        return new int[] {memory.memory().getInt(pair), memory.memory().getInt(pair + 4)};
    }

    @Override
    public int posixSpawn(String path, List<String> arguments, List<String> environment, List<FileAction> files)
            throws LinuxException {
        byte[] pathBytes = utf8(path);
        byte[][] argumentBytes = utf8(arguments);
        byte[][] environmentBytes = utf8(environment);
        if (hasNul(pathBytes)) {
            throw new LinuxException("posix_spawn", path, Errno.EINVAL.number());
        }
        int size = pathBytes.length + size(argumentBytes) + size(environmentBytes) + sizeOfPaths(files);
        Scratch memory = scratch.get().begin(size + 4 * SPAWN_STRUCT);
        long actions = memory.address(memory.zeroed(SPAWN_STRUCT));
        long attributes = memory.address(memory.zeroed(SPAWN_STRUCT));
        libc.fileActionsInit(actions);
        libc.attributesInit(attributes);
        try {
            for (FileAction file : files) {
                if (file instanceof FileAction.Dup2 dup) {
                    libc.fileActionsAddDup2(actions, dup.from(), dup.descriptor());
                } else if (file instanceof FileAction.Open open) {
                    long at = memory.string(utf8(open.path())); // glibc copies it
                    libc.fileActionsAddOpen(actions, open.descriptor(), at, open.flags());
                }
            }
            spawnAttributes(memory, attributes);
            int pid = memory.zeroed(8);
            int error = libc.posixSpawn(
                    memory.address(pid),
                    memory.string(pathBytes),
                    actions,
                    attributes,
                    vector(memory, argumentBytes),
                    vector(memory, environmentBytes));
            if (error != 0) {
                throw new LinuxException("posix_spawn", path, error);
            }
            return memory.memory().getInt(pid);
        } finally {
            libc.fileActionsDestroy(actions);
            libc.attributesDestroy(attributes);
        }
    }

    private static int sizeOfPaths(List<FileAction> files) {
        int size = 0;
        for (FileAction file : files) {
            size += file instanceof FileAction.Open open ? utf8(open.path()).length + 32 : 0;
        }
        return size;
    }

    private void spawnAttributes(Scratch memory, long attributes) {
        int none = memory.zeroed(128); // sigset_t
        int all = memory.zeroed(128);
        memory.memory().putLong(all, ALL_SIGNALS);
        int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
        libc.attributesSet(attributes, flags, memory.address(none), memory.address(all));
    }

    @Override
    public int wait4(int pid) throws LinuxException {
        Scratch memory = scratch.get().begin(16);
        int status = memory.zeroed(8);
        must(SystemCall.WAIT4, pid, memory.address(status), 0, 0, 0);
        return memory.memory().getInt(status);
    }

    @Override
    public int pidfdOpen(int pid) throws LinuxException {
        return (int) must(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0);
    }

    @Override
    public void pidfdSendSignal(int pidfd, int signal) throws LinuxException {
        must(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0);
    }

    @Override
    public long poll(int[] fds, int timeoutMillis) throws LinuxException {
        Scratch memory = scratch.get().begin(fds.length * 8 + 64);
        int polled = poll(memory, fds, timeoutMillis);
        long ready = 0;
        for (int i = 0; i < fds.length; i++) {
            if (memory.memory().getShort(polled + i * 8 + 6) != 0) {
                ready |= 1L << i;
            }
        }
        return ready;
    }

    private int poll(Scratch memory, int[] fds, int timeoutMillis) throws LinuxException {
        int polled = memory.zeroed(fds.length * 8); // struct pollfd: fd, events, revents
        for (int i = 0; i < fds.length; i++) {
            memory.memory().putInt(polled + i * 8, fds[i]);
            memory.memory().putShort(polled + i * 8 + 4, (short) POLLIN);
        }
        int time = memory.reserve(16);
        memory.memory().putLong(time, timeoutMillis / 1000);
        memory.memory().putLong(time + 8, timeoutMillis % 1000 * 1_000_000L);
        long result = call(SystemCall.PPOLL, memory.address(polled), fds.length, memory.address(time), 0, 8);
        if (result < 0 && result != -Errno.EINTR.number()) {
            throw new LinuxException("ppoll", "", (int) -result);
        }
        return polled;
    }

    @Override
    public long[] getrlimit(int resource) throws LinuxException {
        return prlimit(0, resource);
    }

    @Override
    public long[] prlimit(int pid, int resource) throws LinuxException {
        Scratch memory = scratch.get().begin(16);
        int limit = memory.reserve(16);
        must(SystemCall.PRLIMIT64, pid, resource, 0, memory.address(limit), 0);
        return new long[] {memory.memory().getLong(limit), memory.memory().getLong(limit + 8)};
    }

    @Override
    public void setrlimit(int resource, long soft, long hard) throws LinuxException {
        prlimit(0, resource, soft, hard);
    }

    @Override
    public void prlimit(int pid, int resource, long soft, long hard) throws LinuxException {
        Scratch memory = scratch.get().begin(16);
        int limit = memory.reserve(16);
        memory.memory().putLong(limit, soft);
        memory.memory().putLong(limit + 8, hard);
        must(SystemCall.PRLIMIT64, pid, resource, memory.address(limit), 0, 0);
    }

    @Override
    public void kill(int pid, int signal) throws LinuxException {
        must(SystemCall.KILL, pid, signal, 0, 0, 0);
    }

    @Override
    public int getpid() {
        return (int) call(SystemCall.GETPID, 0, 0, 0, 0, 0);
    }

    @Override
    public int gettid() {
        return (int) call(SystemCall.GETTID, 0, 0, 0, 0, 0);
    }

    @Override
    public int geteuid() {
        return (int) call(SystemCall.GETEUID, 0, 0, 0, 0, 0);
    }

    @Override
    public void bringLoopbackUp() throws LinuxException {
        int socket = (int) must(SystemCall.SOCKET, 2, 2 | OpenFlag.CLOEXEC, 0, 0, 0); // AF_INET, SOCK_DGRAM
        try {
            Scratch memory = scratch.get().begin(64);
            int request = memory.zeroed(40); // struct ifreq: name (16), flags
            memory.memory().put(request, (byte) 'l').put(request + 1, (byte) 'o');
            must(SystemCall.IOCTL, socket, SIOCGIFFLAGS, memory.address(request), 0, 0);
            memory.memory().putShort(request + 16, (short) (memory.memory().getShort(request + 16) | IFF_UP));
            must(SystemCall.IOCTL, socket, SIOCSIFFLAGS, memory.address(request), 0, 0);
        } finally {
            close(socket);
        }
    }

    // ---- the calls of other processes

    @Override
    public NotedCall.State awaitCall(int listener, int timeoutMillis) throws LinuxException {
        Scratch memory = scratch.get().begin(128);
        int polled = poll(memory, new int[] {listener}, timeoutMillis);
        short events = memory.memory().getShort(polled + 6);
        if ((events & POLLIN) != 0) {
            return NotedCall.State.THERE;
        }
        return events == 0 ? NotedCall.State.NOT_YET : NotedCall.State.NEVER_AGAIN;
    }

    @Override
    public @Nullable NotedCall receiveCall(int listener) throws LinuxException {
        Scratch memory = scratch.get().begin(KernelStructs.SECCOMP_NOTIF_SIZE);
        int notice = memory.zeroed(KernelStructs.SECCOMP_NOTIF_SIZE); // the kernel wants zeros
        long result = call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_RECV, memory.address(notice), 0, 0);
        if (result == -Errno.ENOENT.number() || result == -Errno.EINTR.number()) {
            return null;
        }
        check(SystemCall.IOCTL, HERE, result);
        return KernelStructs.notedCall(memory.memory(), notice);
    }

    @Override
    public boolean stillWaits(int listener, NotedCall call) {
        Scratch memory = scratch.get().begin(8);
        int id = memory.reserve(8);
        memory.memory().putLong(id, call.id());
        return call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_ID_VALID, memory.address(id), 0, 0) == 0;
    }

    @Override
    public void answer(int listener, NotedCall call, long result, int errno) throws LinuxException {
        send(listener, call, errno == 0 ? result : 0, errno, 0);
    }

    private void send(int listener, NotedCall call, long result, int errno, int flags) throws LinuxException {
        Scratch memory = scratch.get().begin(KernelStructs.SECCOMP_NOTIF_RESP_SIZE);
        int response = memory.zeroed(KernelStructs.SECCOMP_NOTIF_RESP_SIZE); // id, value, error, flags
        memory.memory().putLong(response, call.id());
        memory.memory().putLong(response + 8, result);
        memory.memory().putInt(response + 16, -errno).putInt(response + 20, flags);
        long sent = call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_SEND, memory.address(response), 0, 0);
        if (sent != -Errno.ENOENT.number()) {
            check(SystemCall.IOCTL, HERE, sent);
        }
    }

    @Override
    public void letPass(int listener, NotedCall call) throws LinuxException {
        send(listener, call, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    }

    @Override
    public int readMemory(int pid, long address, byte[] buffer) throws LinuxException {
        Scratch memory = scratch.get().begin(buffer.length + 64);
        int bytes = memory.reserve(buffer.length);
        int length = (int) vectors(SystemCall.PROCESS_VM_READV, memory, pid, bytes, address, buffer.length);
        memory.memory().get(bytes, buffer, 0, length);
        return length;
    }

    @Override
    public void writeMemory(int pid, long address, byte[] bytes) throws LinuxException {
        Scratch memory = scratch.get().begin(bytes.length + 64);
        int copy = memory.copy(bytes);
        if (vectors(SystemCall.PROCESS_VM_WRITEV, memory, pid, copy, address, bytes.length) < bytes.length) {
            throw new LinuxException(SystemCall.PROCESS_VM_WRITEV.title(), "", Errno.EFAULT.number());
        }
    }

    /** One {@code struct iovec} of ours and one of theirs. */
    private long vectors(SystemCall call, Scratch memory, int pid, int ours, long theirs, int length)
            throws LinuxException {
        int vectors = memory.reserve(32);
        memory.memory().putLong(vectors, memory.address(ours)).putLong(vectors + 8, length);
        memory.memory().putLong(vectors + 16, theirs).putLong(vectors + 24, length);
        long local = memory.address(vectors);
        return check(call, HERE, libc.syscall(call.number(architecture), pid, local, 1, local + 16, 1, 0));
    }

    // ---- descriptors

    @Override
    public int[] socketpair() throws LinuxException {
        Scratch memory = scratch.get().begin(8);
        int pair = memory.reserve(8);
        must(SystemCall.SOCKETPAIR, 1, 1 | OpenFlag.CLOEXEC, 0, memory.address(pair), 0); // AF_UNIX, SOCK_STREAM
        return new int[] {memory.memory().getInt(pair), memory.memory().getInt(pair + 4)};
    }

    @Override
    public void sendDescriptor(int socket, int descriptor) throws LinuxException {
        Scratch memory = scratch.get().begin(256);
        int message = message(memory);
        ByteBuffer buffer = memory.memory();
        int control = message + MESSAGE_CONTROL;
        buffer.putLong(control, 20).putInt(control + 8, 1).putInt(control + 12, 1); // SOL_SOCKET, SCM_RIGHTS
        buffer.putInt(control + 16, descriptor);
        must(SystemCall.SENDMSG, socket, memory.address(message), 0, 0, 0);
    }

    @Override
    public int receiveDescriptor(int socket) throws LinuxException {
        Scratch memory = scratch.get().begin(256);
        int message = message(memory);
        long length = must(SystemCall.RECVMSG, socket, memory.address(message), 0x40000000, 0, 0); // MSG_CMSG_CLOEXEC
        ByteBuffer buffer = memory.memory();
        boolean sent = length > 0 && buffer.getLong(message + 40) >= 20;
        return sent ? buffer.getInt(message + MESSAGE_CONTROL + 16) : -1;
    }

    /** {@code struct msghdr} with one byte of content, followed by that, a vector and a {@code struct cmsghdr} for one descriptor. */
    private static int message(Scratch memory) {
        int message = memory.zeroed(MESSAGE_CONTROL + 24);
        int vector = message + 56;
        int content = message + 72;
        ByteBuffer buffer = memory.memory();
        buffer.putLong(vector, memory.address(content)).putLong(vector + 8, 1);
        buffer.putLong(message + 16, memory.address(vector)).putLong(message + 24, 1);
        buffer.putLong(message + 32, memory.address(message + MESSAGE_CONTROL)).putLong(message + 40, 24);
        return message;
    }

    // ---- terminals

    @Override
    public int unlockTerminal(int master) throws LinuxException {
        Scratch memory = scratch.get().begin(16);
        int number = memory.zeroed(8);
        must(SystemCall.IOCTL, master, TIOCSPTLCK, memory.address(number), 0, 0); // 0: unlocked
        must(SystemCall.IOCTL, master, TIOCGPTN, memory.address(number), 0, 0);
        return memory.memory().getInt(number);
    }

    @Override
    public void setWindowSize(int fd, int rows, int columns) throws LinuxException {
        Scratch memory = scratch.get().begin(16);
        int size = memory.zeroed(8); // struct winsize: rows, columns, and both in pixels
        memory.memory().putShort(size, (short) rows).putShort(size + 2, (short) columns);
        must(SystemCall.IOCTL, fd, TIOCSWINSZ, memory.address(size), 0, 0);
    }

    // ---- file systems

    @Override
    public long mountId(int fd) throws LinuxException {
        Scratch memory = begin(SystemCall.STATX, HERE);
        int status = memory.reserve(KernelStructs.STATX_SIZE);
        long name = memory.string(HERE);
        must(SystemCall.STATX, fd, name, AT_EMPTY_PATH, KernelStructs.STATX_MNT_ID, memory.address(status));
        return KernelStructs.mountId(memory.memory(), status);
    }

    @Override
    public long fileSystemType(byte[] path) throws LinuxException {
        Scratch memory = begin(SystemCall.STATFS, path);
        return KernelStructs.fileSystemType(memory.memory(), statfs(memory, path));
    }

    @Override
    public long mountFlags(byte[] path) throws LinuxException {
        Scratch memory = begin(SystemCall.STATFS, path);
        return KernelStructs.mountFlags(memory.memory(), statfs(memory, path));
    }

    private int statfs(Scratch memory, byte[] path) throws LinuxException {
        int status = memory.reserve(KernelStructs.STATFS_SIZE);
        must(SystemCall.STATFS, path, memory.string(path), memory.address(status), 0, 0, 0);
        return status;
    }

    // ---- calling

    private long call(SystemCall call, long a, long b, long c, long d, long e) {
        return libc.syscall(call.number(architecture), a, b, c, d, e);
    }

    private long must(SystemCall call, long a, long b, long c, long d, long e) throws LinuxException {
        return must(call, HERE, a, b, c, d, e);
    }

    private long must(SystemCall call, byte[] subject, long a, long b, long c, long d, long e) throws LinuxException {
        long result;
        do {
            result = call(call, a, b, c, d, e);
        } while (result == -Errno.EINTR.number());
        return check(call, subject, result);
    }

    private static long check(SystemCall call, byte[] subject, long result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call.title(), new String(subject, StandardCharsets.UTF_8), (int) -result);
        }
        return result;
    }

    private Scratch begin(SystemCall call, byte[] path) throws LinuxException {
        return begin(call, path, 0);
    }

    private Scratch begin(SystemCall call, byte[] path, byte[] other) throws LinuxException {
        if (hasNul(other)) {
            throw new LinuxException(call.title(), new String(other, StandardCharsets.UTF_8), Errno.EINVAL.number());
        }
        return begin(call, path, other.length);
    }

    private Scratch begin(SystemCall call, byte[] path, int more) throws LinuxException {
        if (hasNul(path)) {
            throw new LinuxException(call.title(), new String(path, StandardCharsets.UTF_8), Errno.EINVAL.number());
        }
        return scratch.get().begin(path.length + more + 8192); // and a result of a page at most
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private long ints(int[] values) {
        Scratch memory = scratch.get().begin(values.length * 4);
        return memory.address(copy(memory, values));
    }

    private static int copy(Scratch memory, int[] values) {
        int at = memory.reserve(values.length * 4);
        for (int i = 0; i < values.length; i++) {
            memory.memory().putInt(at + i * 4, values[i]);
        }
        return at;
    }

    /** The address of an array of strings that ends with a null pointer. */
    private static long vector(Scratch memory, byte[][] strings) {
        int at = memory.reserve(8 * (strings.length + 1));
        ByteBuffer buffer = memory.memory();
        for (int i = 0; i < strings.length; i++) {
            buffer.putLong(at + 8 * i, memory.string(strings[i]));
        }
        buffer.putLong(at + 8 * strings.length, 0);
        return memory.address(at);
    }

    private static int size(byte[][] strings) {
        int size = 0;
        for (byte[] string : strings) {
            size += string.length + 32; // pointer, NUL, alignment
        }
        return size;
    }

    private static byte[] bytes(Scratch memory, int at, int length) {
        byte[] bytes = new byte[length];
        memory.memory().get(at, bytes);
        return bytes;
    }

    private static byte[] optional(@Nullable String text) {
        return text == null ? HERE : utf8(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[][] utf8(List<String> texts) {
        byte[][] bytes = new byte[texts.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = utf8(texts.get(i));
        }
        return bytes;
    }
}
