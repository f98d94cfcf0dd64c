package org.jbuildah.engine.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layouts of what the kernel fills in, read and written as pure functions over a buffer in native byte order. They are the same
 * on x86_64 and aarch64: only calls whose structures are were chosen.
 */
final class KernelStructs {
    static final int STATX_SIZE = 256;
    static final int STATFS_SIZE = 120;
    static final int STATX_MNT_ID = 0x1000;
    static final int SECCOMP_NOTIF_SIZE = 80;
    static final int SECCOMP_NOTIF_RESP_SIZE = 24;

    private KernelStructs() {}

    /** {@code struct statx}. */
    static FileStatus statx(ByteBuffer memory, int at) {
        return new FileStatus(
                memory.getShort(at + 28) & 0xffff,
                memory.getLong(at + 32),
                memory.getInt(at + 136),
                memory.getInt(at + 140),
                memory.getInt(at + 16) & 0xffffffffL,
                memory.getInt(at + 20) & 0xffffffffL,
                memory.getInt(at + 24) & 0xffffffffL,
                memory.getInt(at + 128),
                memory.getInt(at + 132),
                memory.getLong(at + 40),
                memory.getLong(at + 112),
                memory.getInt(at + 120),
                memory.getLong(at + 48),
                memory.getLong(at + 96),
                memory.getInt(at + 104),
                memory.getLong(at + 80),
                memory.getInt(at + 88));
    }

    /** Appends the names in a run of {@code struct linux_dirent64} of {@code length} bytes, without {@code .} and {@code ..}. */
    static void dirents(ByteBuffer memory, int at, int length, List<byte[]> names) {
        int record = at;
        while (record < at + length) {
            int size = memory.getShort(record + 16) & 0xffff;
            byte[] name = terminated(memory, record + 19, record + size);
            if (!isDots(name)) {
                names.add(name);
            }
            record += size;
        }
    }

    private static boolean isDots(byte[] name) {
        return name.length <= 2 && name[0] == '.' && (name.length == 1 || name[1] == '.');
    }

    /** The NUL-terminated names that llistxattr(2) gives. */
    static List<String> xattrNames(byte[] list) {
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                names.add(new String(list, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return names;
    }

    /** {@code f_type} of {@code struct statfs}. */
    static long fileSystemType(ByteBuffer memory, int at) {
        return memory.getLong(at);
    }

    /** {@code f_flags} of {@code struct statfs}, without the kernel's own ST_VALID. */
    static long mountFlags(ByteBuffer memory, int at) {
        return memory.getLong(at + 80) & ~0x20L;
    }

    /** A device number as mknodat(2) takes it. */
    static long device(int major, int minor) {
        return (minor & 0xffL) | ((long) major << 8) | ((minor & ~0xffL) << 12);
    }

    /**
     * The two {@code struct __user_cap_data_struct} of capset(2), version 3: effective, permitted, inheritable for capabilities 0 to
     * 31, then for 32 and up.
     */
    static int[] capabilityData(long capabilities) {
        int low = (int) capabilities;
        int high = (int) (capabilities >>> 32);
        return new int[] {low, low, 0, high, high, 0};
    }

    /** {@code stx_mnt_id} of {@code struct statx}; 0 where the kernel does not fill it in. */
    static long mountId(ByteBuffer memory, int at) {
        boolean filled = (memory.getInt(at) & STATX_MNT_ID) != 0;
        return filled ? memory.getLong(at + 144) : 0;
    }

    /** Puts an owner into a {@code struct stat}. */
    static void owner(Architecture architecture, ByteBuffer stat, int at, long uid, long gid) {
        int place = at + (architecture == Architecture.X86_64 ? 28 : 24);
        stat.putInt(place, (int) uid).putInt(place + 4, (int) gid);
    }

    static int statSize(Architecture architecture) {
        return architecture == Architecture.X86_64 ? 144 : 128;
    }

    /** {@code struct seccomp_notif}: id, pid, flags, then {@code struct seccomp_data}. */
    static NotedCall notedCall(ByteBuffer memory, int at) {
        long[] arguments = new long[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = memory.getLong(at + 32 + 8 * i);
        }
        return new NotedCall(
                memory.getLong(at), memory.getInt(at + 8), memory.getInt(at + 20), memory.getInt(at + 16), arguments);
    }

    private static byte[] terminated(ByteBuffer memory, int from, int to) {
        byte[] bytes = new byte[to - from];
        memory.get(from, bytes);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }
}
