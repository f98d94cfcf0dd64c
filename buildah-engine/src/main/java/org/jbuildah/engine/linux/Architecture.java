package org.jbuildah.engine.linux;

import java.util.Locale;

/** A processor architecture whose system call numbers this program knows. */
public enum Architecture {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    private final int auditArch;

    Architecture(int auditArch) {
        this.auditArch = auditArch;
    }

    /** The {@code AUDIT_ARCH_*} constant of linux/audit.h, which a seccomp filter sees as {@code seccomp_data.arch}. */
    public int auditArch() {
        return auditArch;
    }

    /**
     * From the JVM's {@code os.arch}.
     *
     * @throws UnsupportedOperationException for one without a table
     */
    public static Architecture of(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default ->
                throw new UnsupportedOperationException("RUN needs x86_64 or aarch64; this JVM says os.arch=" + osArch);
        };
    }

    public static Architecture ofThisJvm() {
        return of(System.getProperty("os.arch", ""));
    }
}
