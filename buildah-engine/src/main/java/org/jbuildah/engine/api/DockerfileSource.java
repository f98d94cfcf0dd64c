package org.jbuildah.engine.api;

import java.io.InputStream;
import java.nio.file.Path;

/** Where the text of the Dockerfile comes from, when it is not the one in the context's root. */
public sealed interface DockerfileSource {
    /** A file: of this machine beside a context that is a directory, else of the context. */
    record File(Path path) implements DockerfileSource {}

    /**
     * A text that is read once, to its end.
     *
     * @param name for messages, such as {@code -} for standard input
     */
    record Stream(String name, InputStream bytes) implements DockerfileSource {}

    /** What an address of http or https gives. */
    record Remote(String address) implements DockerfileSource {}
}
