package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.linux.Architecture;

/** A set of system call numbers that a processor of an architecture can be asked by. */
enum Abi {
    X86_64(1, 0xC000003E, 0),
    /** The same audit architecture as x86_64; told by bit 30 of the number. */
    X32(2, 0xC000003E, 0x40000000),
    I386(3, 0x40000003, 0),
    AARCH64(4, 0xC00000B7, 0),
    ARM(5, 0x40000028, 0);

    private final int column;
    private final int auditArch;
    private final int bit;

    Abi(int column, int auditArch, int bit) {
        this.column = column;
        this.auditArch = auditArch;
        this.bit = bit;
    }

    static List<Abi> of(Architecture architecture) {
        return architecture == Architecture.X86_64 ? List.of(X86_64, X32, I386) : List.of(AARCH64, ARM);
    }

    /** Of 32-bit registers. */
    boolean narrow() {
        return this == I386 || this == ARM;
    }

    /** Of {@code system-calls.tsv}; the name is in column 0. */
    int column() {
        return column;
    }

    int auditArch() {
        return auditArch;
    }

    /** A number of {@code system-calls.tsv} as {@code seccomp_data.nr} has it. */
    int number(int inTable) {
        return inTable | bit;
    }
}
