package org.jbuildah.engine.linux;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Extended attributes. */
interface AttributeCalls extends Linux {
    int CHUNK = 64 * 1024;
    int SHORT = 256;

    KernelEntry kernel();

    @Override
    default SortedMap<String, byte[]> lgetxattrs(byte[] path) throws LinuxException {
        SortedMap<String, byte[]> attributes = new TreeMap<>();
        Scratch memory = kernel().begin(SystemCall.LLISTXATTR, path, CHUNK);
        int list = memory.reserve(CHUNK);
        long length = kernel().call(SystemCall.LLISTXATTR, memory.string(path), memory.address(list), CHUNK, 0, 0);
        if (length == -Errno.EOPNOTSUPP.number()) {
            return attributes;
        }
        KernelEntry.check(SystemCall.LLISTXATTR, path, length);
        if (length == 0) {
            return attributes;
        }
        for (String name : KernelStructs.xattrNames(KernelEntry.bytes(memory, list, (int) length))) {
            byte[] value = lgetxattr(path, name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    /** Null for one that went away since it was listed. */
    private byte @Nullable [] lgetxattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = KernelEntry.utf8(name);
        Scratch memory = kernel().begin(SystemCall.LGETXATTR, path, nameBytes.length + CHUNK);
        int value = memory.reserve(CHUNK); // XATTR_SIZE_MAX
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        long length = kernel().call(SystemCall.LGETXATTR, pathAddress, nameAddress, memory.address(value), CHUNK, 0);
        if (length == -Errno.ENODATA.number()) {
            return null;
        }
        KernelEntry.check(SystemCall.LGETXATTR, path, length);
        return KernelEntry.bytes(memory, value, (int) length);
    }

    @Override
    default void lsetxattr(byte[] path, String name, byte[] value) throws LinuxException {
        setxattr(SystemCall.LSETXATTR, path, name, value);
    }

    @Override
    default void setxattr(byte[] path, String name, byte[] value) throws LinuxException {
        setxattr(SystemCall.SETXATTR, path, name, value);
    }

    private void setxattr(SystemCall call, byte[] path, String name, byte[] value) throws LinuxException {
        byte[] nameBytes = KernelEntry.utf8(name);
        Scratch memory = kernel().begin(call, path, nameBytes.length + value.length);
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        long valueAddress = memory.address(memory.copy(value));
        kernel().must(call, path, pathAddress, nameAddress, valueAddress, value.length, 0);
    }

    @Override
    default byte @Nullable [] getxattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = KernelEntry.utf8(name);
        Scratch memory = kernel().begin(SystemCall.GETXATTR, path, nameBytes.length);
        long pathAddress = memory.string(path);
        long nameAddress = memory.string(nameBytes);
        int value = memory.reserve(SHORT);
        long length = kernel().call(SystemCall.GETXATTR, pathAddress, nameAddress, memory.address(value), SHORT, 0);
        if (length == -Errno.ENODATA.number() || length == -Errno.EOPNOTSUPP.number()) {
            return null;
        }
        return KernelEntry.bytes(memory, value, (int) KernelEntry.check(SystemCall.GETXATTR, path, length));
    }

    @Override
    default void lremovexattr(byte[] path, String name) throws LinuxException {
        byte[] nameBytes = KernelEntry.utf8(name);
        Scratch memory = kernel().begin(SystemCall.LREMOVEXATTR, path, nameBytes.length);
        kernel().must(SystemCall.LREMOVEXATTR, path, memory.string(path), memory.string(nameBytes), 0, 0, 0);
    }
}
