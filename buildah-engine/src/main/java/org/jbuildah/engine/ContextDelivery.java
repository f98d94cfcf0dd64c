package org.jbuildah.engine;

import java.io.IOException;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.context.SourceTree;

/** Brings what is no directory of this machine. */
interface ContextDelivery {
    /** What came: files, or the text of a Dockerfile that needs none. */
    sealed interface Delivered {
        record Tree(SourceTree files) implements Delivered {}

        @SuppressWarnings("ArrayRecordComponent") // decoded once, never compared
        record Lone(byte[] dockerfile) implements Delivered {}
    }

    /** @throws org.jbuildah.engine.api.BuildException if it cannot be had, or is no context */
    Delivered deliver(ContextSource source) throws InterruptedException;

    /** The text that an address of http or https gives. */
    byte[] text(String address) throws IOException, InterruptedException;

    /** Files, and nothing else: for a named context. */
    default SourceTree files(ContextSource source) throws InterruptedException {
        if (deliver(source) instanceof Delivered.Tree tree) {
            return tree.files();
        }
        throw new RequestInvalid(
                FailureCode.CONTEXT_UNREADABLE,
                "The named context \"" + ContextFiles.name(source) + "\" is no tar.",
                "A named context is a directory, a tar, a Git repository or an image.");
    }
}
