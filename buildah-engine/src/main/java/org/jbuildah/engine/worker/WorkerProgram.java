package org.jbuildah.engine.worker;

import java.util.List;

/**
 * What the second JVM runs.
 *
 * @param mainClass hands over to {@link WorkerServer}
 * @param anchors one class of each jar that the worker needs; one that this JVM does not know is left out
 */
record WorkerProgram(String mainClass, List<String> anchors) {
    /** The engine and all that it needs for layers and native calls, wherever the class loader of this JVM found it. */
    static final WorkerProgram ENGINE = new WorkerProgram(
            "org.jbuildah.engine.WorkerMain",
            List.of(
                    "org.jbuildah.engine.worker.WorkerServer",
                    "jnr.ffi.Runtime",
                    "com.kenai.jffi.Invoker",
                    "jnr.a64asm.Asm",
                    "jnr.x86asm.Asm",
                    "org.objectweb.asm.ClassWriter",
                    "org.objectweb.asm.commons.Method",
                    "org.objectweb.asm.tree.ClassNode",
                    "org.objectweb.asm.tree.analysis.Analyzer",
                    "org.objectweb.asm.util.CheckClassAdapter",
                    "com.google.gson.Gson",
                    "org.apache.commons.compress.archivers.ArchiveEntry",
                    "org.apache.commons.io.IOUtils",
                    "org.apache.commons.codec.Charsets",
                    "org.apache.commons.lang3.ArrayUtils",
                    "com.github.luben.zstd.Zstd",
                    "org.tukaani.xz.XZ",
                    "org.jspecify.annotations.Nullable"));

    WorkerProgram {
        anchors = List.copyOf(anchors);
    }
}
