package org.jbuildah.engine.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * How programs of an architecture begin.
 *
 * @param handler the name under which distributions register their emulator
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
record ElfHeader(String handler, int bits, ByteOrder order, int machine) {
    private static final int SIZE = 20;
    private static final short EXECUTABLE = 2;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;

    /** {@code e_machine} of each, by Go's word. */
    private static final Map<String, ElfHeader> ALL = Map.ofEntries(
            Map.entry("amd64", new ElfHeader("qemu-x86_64", 64, LITTLE, 62)),
            Map.entry("386", new ElfHeader("qemu-i386", 32, LITTLE, 3)),
            Map.entry("arm64", new ElfHeader("qemu-aarch64", 64, LITTLE, 183)),
            Map.entry("arm", new ElfHeader("qemu-arm", 32, LITTLE, 40)),
            Map.entry("riscv64", new ElfHeader("qemu-riscv64", 64, LITTLE, 243)),
            Map.entry("ppc64le", new ElfHeader("qemu-ppc64le", 64, LITTLE, 21)),
            Map.entry("ppc64", new ElfHeader("qemu-ppc64", 64, BIG, 21)),
            Map.entry("s390x", new ElfHeader("qemu-s390x", 64, BIG, 22)),
            Map.entry("mips64le", new ElfHeader("qemu-mips64el", 64, LITTLE, 8)),
            Map.entry("mips64", new ElfHeader("qemu-mips64", 64, BIG, 8)),
            Map.entry("mipsle", new ElfHeader("qemu-mipsel", 32, LITTLE, 8)),
            Map.entry("mips", new ElfHeader("qemu-mips", 32, BIG, 8)),
            Map.entry("loong64", new ElfHeader("qemu-loongarch64", 64, LITTLE, 258)));

    static Optional<ElfHeader> of(String architecture) {
        return Optional.ofNullable(ALL.get(architecture));
    }

    byte[] bytes() {
        ByteBuffer header = ByteBuffer.allocate(SIZE).order(order);
        header.put(new byte[] {0x7f, 'E', 'L', 'F'})
                .put((byte) (bits == 64 ? 2 : 1))
                .put((byte) (order == LITTLE ? 1 : 2))
                .put((byte) 1);
        header.putShort(16, EXECUTABLE).putShort(18, (short) machine);
        return header.array();
    }
}
