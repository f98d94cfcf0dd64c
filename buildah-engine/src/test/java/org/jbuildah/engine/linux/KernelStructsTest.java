package org.jbuildah.engine.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KernelStructsTest {
    private static ByteBuffer memory(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    /** {@code struct statx} of linux/stat.h, field by field. */
    @Test
    void statxIsReadAtTheOffsetsOfTheHeader() {
        ByteBuffer statx = memory(16 + 256).position(16);
        statx.putInt(0x7ff).putInt(4096).putLong(0); // mask, blksize, attributes
        statx.putInt(3).putInt(-2).putInt(1001); // nlink, uid 2^32-2, gid
        statx.putShort((short) 0100644).putShort((short) 0);
        statx.putLong(77).putLong(1L << 33).putLong(16).putLong(0); // ino, size, blocks, attributes_mask
        for (int time = 0; time < 4; time++) { // atime, btime, ctime, mtime
            statx.putLong(1000 + time).putInt(10 + time).putInt(0);
        }
        statx.putInt(1).putInt(3).putInt(8).putInt(16); // rdev, dev

        assertThat(KernelStructs.statx(statx, 16))
                .isEqualTo(new FileStatus(
                        0100644, 77, 8, 16, 3, 4294967294L, 1001, 1, 3, 1L << 33, 1003, 13, 16, 1002, 12, 1001, 11));
    }

    @Property
    void directoryEntriesComeOutAsTheyWentIn(
            @ForAll @Size(max = 20) List<@StringLength(min = 1, max = 80) String> names) {
        List<byte[]> expected = new ArrayList<>();
        ByteBuffer entries = memory(64 * 1024);
        put(entries, ".");
        put(entries, "..");
        for (String name : names) {
            String clean = name.replace('\0', 'x').equals("..") || name.equals(".") ? "dots" : name.replace('\0', 'x');
            expected.add(clean.getBytes(UTF_8));
            put(entries, clean);
        }
        List<byte[]> read = new ArrayList<>();
        KernelStructs.dirents(entries, 0, entries.position(), read);
        assertThat(read).hasSize(expected.size());
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(expected.get(i));
        }
    }

    /** {@code struct linux_dirent64}: ino, off, reclen, type, name, padded to eight. */
    private static void put(ByteBuffer entries, String name) {
        byte[] bytes = name.getBytes(UTF_8);
        int size = (19 + bytes.length + 1 + 7) / 8 * 8;
        int start = entries.position();
        entries.putLong(5).putLong(0).putShort((short) size).put((byte) 8).put(bytes);
        entries.position(start + size);
    }

    @Test
    void xattrNamesAreSplitAtNul() {
        assertThat(KernelStructs.xattrNames("user.a\0security.capability\0".getBytes(UTF_8)))
                .containsExactly("user.a", "security.capability");
        assertThat(KernelStructs.xattrNames(new byte[0])).isEmpty();
    }

    @Property
    void deviceNumbersAreThoseOfMakedev(
            @ForAll @IntRange(max = 0xfff) int major, @ForAll @IntRange(max = 0xfffff) int minor) {
        long device = KernelStructs.device(major, minor);
        // new_decode_dev of linux/kdev_t.h
        assertThat((device & 0xfff00) >> 8).isEqualTo(major);
        assertThat((device & 0xff) | ((device >> 12) & 0xfff00)).isEqualTo(minor);
    }

    @Test
    void capabilitiesAreSplitInLowAndHighWords() {
        assertThat(KernelStructs.capabilityData(1L << 40 | 1L << 31 | 1))
                .containsExactly(0x80000001, 0x80000001, 0, 0x100, 0x100, 0);
    }

    @Test
    void waitStatusTellsExitFromSignal() {
        assertThat(new WaitStatus(127 << 8).exited()).isTrue();
        assertThat(new WaitStatus(127 << 8).code()).isEqualTo(127);
        assertThat(new WaitStatus(9).exited()).isFalse();
        assertThat(new WaitStatus(139).signal()).isEqualTo(11); // SIGSEGV, core dumped
    }
}
