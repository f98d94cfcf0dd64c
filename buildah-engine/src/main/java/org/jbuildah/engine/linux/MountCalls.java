package org.jbuildah.engine.linux;

import org.jspecify.annotations.Nullable;

/** Mounts, and the file systems that they show. */
interface MountCalls extends Linux {
    int AT_EMPTY_PATH = 0x1000;
    int AT_RECURSIVE = 0x8000;

    KernelEntry kernel();

    @Override
    default void mount(@Nullable String source, byte[] target, @Nullable String type, long flags, @Nullable String data)
            throws LinuxException {
        byte[][] texts = {KernelEntry.optional(source), KernelEntry.optional(type), KernelEntry.optional(data)};
        Scratch memory = kernel().begin(SystemCall.MOUNT, target, texts[0].length + texts[1].length + texts[2].length);
        long sourceAddress = source == null ? 0 : memory.string(texts[0]);
        long typeAddress = type == null ? 0 : memory.string(texts[1]);
        long dataAddress = data == null ? 0 : memory.string(texts[2]);
        kernel().must(SystemCall.MOUNT, target, sourceAddress, memory.string(target), typeAddress, flags, dataAddress);
    }

    @Override
    default void mountSetattr(int dirfd, byte[] path, boolean recursive, long attributes) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.MOUNT_SETATTR, path);
        int attr = memory.zeroed(32); // struct mount_attr: set, clear, propagation, userns_fd
        memory.memory().putLong(attr, attributes);
        int flags = (recursive ? AT_RECURSIVE : 0) | (path.length == 0 ? AT_EMPTY_PATH : 0);
        kernel().must(SystemCall.MOUNT_SETATTR, path, dirfd, memory.string(path), flags, memory.address(attr), 32);
    }

    @Override
    default void umount2(byte[] target, int flags) throws LinuxException {
        kernel().must(
                        SystemCall.UMOUNT2,
                        target,
                        kernel().begin(SystemCall.UMOUNT2, target).string(target),
                        flags,
                        0,
                        0,
                        0);
    }

    @Override
    default void pivotRoot(byte[] newRoot, byte[] putOld) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.PIVOT_ROOT, newRoot, putOld);
        kernel().must(SystemCall.PIVOT_ROOT, newRoot, memory.string(newRoot), memory.string(putOld), 0, 0, 0);
    }

    @Override
    default long mountId(int fd) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.STATX, KernelEntry.HERE);
        int status = memory.reserve(KernelStructs.STATX_SIZE);
        long name = memory.string(KernelEntry.HERE);
        kernel().must(SystemCall.STATX, fd, name, AT_EMPTY_PATH, KernelStructs.STATX_MNT_ID, memory.address(status));
        return KernelStructs.mountId(memory.memory(), status);
    }

    @Override
    default long fileSystemType(byte[] path) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.STATFS, path);
        return KernelStructs.fileSystemType(memory.memory(), statfs(memory, path));
    }

    @Override
    default long mountFlags(byte[] path) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.STATFS, path);
        return KernelStructs.mountFlags(memory.memory(), statfs(memory, path));
    }

    private int statfs(Scratch memory, byte[] path) throws LinuxException {
        int status = memory.reserve(KernelStructs.STATFS_SIZE);
        kernel().must(SystemCall.STATFS, path, memory.string(path), memory.address(status), 0, 0, 0);
        return status;
    }
}
