package org.jbuildah.engine.api;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where the files of a build context come from, be it the build context itself or a named one.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/">Docker: build context</a>
 */
public sealed interface ContextSource {
    /** A directory of this machine, or a tar file, plain or compressed. */
    record Local(Path path) implements ContextSource {}

    /**
     * A tar, plain or compressed, or a lone Dockerfile that needs no files. It is read once, to its end, and closed.
     *
     * @param name for messages, such as {@code -} for standard input
     */
    record Stream(String name, InputStream bytes) implements ContextSource {}

    /**
     * An address: of a Git repository ({@code URL}, {@code URL#REF}, {@code URL#REF:DIRECTORY}), or of http or https, which gives a tar,
     * plain or compressed, or a lone Dockerfile.
     */
    record Remote(String address) implements ContextSource {}

    /** The files of an image, in a FROM the image itself; for named contexts only. {@code oci-layout://PATH[:TAG|@DIGEST]} is one, too. */
    record Image(String name) implements ContextSource {}
}
