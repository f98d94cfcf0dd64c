package org.jbuildah.engine.build;

import java.io.IOException;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.Rootfs;

/** The world as a step of one stage sees it. */
interface StepTools {
    ContentStore store();

    WordLexer lexer();

    /** Digests the content of files, each unchanged one once. */
    ContentDigest digests();

    /** The build context, for an empty name; else what {@code --from} names: another stage, an image. */
    SourceTree source(String from) throws IOException, InterruptedException;

    /** Brings files that are neither in a tree nor in an image. */
    Fetcher fetcher();

    /** The worker; started by the first call. */
    Rootfs rootfs() throws IOException, InterruptedException;

    /** How faithfully a RUN can set owners on this machine, {@code full} or {@code single-id}: results of one must not pass for the other. */
    String ownerFidelity();

    /** The times that the request wants files to have. */
    ImageTimes times();

    /** What all RUNs of the build have in common. */
    RunSettings runSettings();

    /** What the mounts of RUNs can refer to. */
    MountSettings mountSettings();

    /** Hears what the step's process writes. */
    OutputSink output();
}
