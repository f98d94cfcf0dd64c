package org.jbuildah.engine.isolation;

import java.util.Locale;
import java.util.Optional;

/** The system calls that are answered by us where one id is all there is, by the kernel's names. */
enum EmulatedCall {
    CHOWN,
    FCHOWN,
    LCHOWN,
    FCHOWNAT,
    MKNOD,
    MKNODAT,
    SETUID,
    SETGID,
    SETREUID,
    SETREGID,
    SETRESUID,
    SETRESGID,
    SETFSUID,
    SETFSGID,
    SETGROUPS,
    GETUID,
    GETEUID,
    GETGID,
    GETEGID,
    GETRESUID,
    GETRESGID,
    GETGROUPS,
    STAT,
    LSTAT,
    FSTAT,
    NEWFSTATAT,
    STATX,
    SETXATTR,
    LSETXATTR,
    FSETXATTR,
    SETRLIMIT,
    PRLIMIT64,
    PRCTL;

    /** Of 32-bit ABIs, those with ids of 32 bits; those of the bare name have ids of 16. */
    private static final String WIDE = "32";

    /**
     * What a 32-bit word of the arguments must be for a call to be ours.
     *
     * @param argument which one, from 0
     * @param test a jump of {@link BpfInstruction}
     */
    record Condition(int argument, int test, int operand) {}

    /** Set in S_IFCHR and S_IFBLK, and in no other type that mknod(2) takes. */
    private static final int DEVICE = 0020000;

    private static final int PR_SET_KEEPCAPS = 8;

    /** How one ABI asks for a call. */
    record Form(EmulatedCall call, boolean narrowIds) {
        /** An id among the arguments: all bits set means "as it is" in either width. */
        int id(long argument) {
            int low = (int) argument;
            return !narrowIds ? low : (low & 0xffff) == 0xffff ? -1 : low & 0xffff;
        }
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String wideTitle() {
        return title() + WIDE;
    }

    Optional<Condition> condition() {
        return switch (this) {
            case MKNOD -> Optional.of(new Condition(1, BpfInstruction.JUMP_IF_ANY_BIT, DEVICE));
            case MKNODAT -> Optional.of(new Condition(2, BpfInstruction.JUMP_IF_ANY_BIT, DEVICE));
            case SETRLIMIT -> Optional.of(new Condition(0, BpfInstruction.JUMP_IF_EQUAL, Identities.LIMIT));
            case PRLIMIT64 -> Optional.of(new Condition(1, BpfInstruction.JUMP_IF_EQUAL, Identities.LIMIT));
            case PRCTL -> Optional.of(new Condition(0, BpfInstruction.JUMP_IF_EQUAL, PR_SET_KEEPCAPS));
            default -> Optional.empty();
        };
    }

    /** Whether it only asks. */
    boolean asks() {
        return name().startsWith("GET");
    }

    /** Whether most of these calls are the kernel's to do, so that they need one that takes them back (5.5). */
    boolean mostlyTheKernels() {
        return asksForFile() || name().endsWith("XATTR");
    }

    /** Whether it asks for a file's owner, among other things. Their structures are those of 64-bit ABIs. */
    boolean asksForFile() {
        return name().contains("STAT");
    }
}
