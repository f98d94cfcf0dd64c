package org.jbuildah.engine.linux;

import java.io.IOException;

/**
 * The kernel itself, through the C library's {@code syscall} function and jffi. Safe for use by many threads; each has its own
 * native memory. Usable in a thread whose root directory is gone: everything it needs is loaded by {@link #load()}.
 */
public final class JnrLinux
        implements FileCalls,
                AttributeCalls,
                ContentCalls,
                MountCalls,
                ThreadCalls,
                ProcessCalls,
                NotedCalls,
                ChannelCalls {
    private final KernelEntry kernel;

    private JnrLinux(KernelEntry kernel) {
        this.kernel = kernel;
    }

    /**
     * Loads the native library and proves that arguments arrive as given.
     *
     * @throws IOException if this JVM cannot call the kernel; the message says why
     */
    public static JnrLinux load() throws IOException {
        try {
            JnrLinux linux = new JnrLinux(new KernelEntry(LibC.load(), Architecture.ofThisJvm()));
            SelfTest.run(linux);
            return linux;
        } catch (LinkageError | UnsupportedOperationException e) {
            throw new IOException("the kernel cannot be called from this JVM: " + e, e);
        }
    }

    @Override
    public KernelEntry kernel() {
        return kernel;
    }
}
