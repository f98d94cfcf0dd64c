package org.jbuildah.engine.isolation;

import java.util.Locale;

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
    FSETXATTR;

    /** Of 32-bit ABIs, those with ids of 32 bits; those of the bare name have ids of 16. */
    private static final String WIDE = "32";

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

    boolean makesFile() {
        return this == MKNOD || this == MKNODAT;
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

    /** The place of {@code mode} among the arguments of a call that makes a file. */
    int modeArgument() {
        return this == MKNOD ? 1 : 2;
    }
}
