package org.jbuildah.engine;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.fetch.RemoteSource;

/** The word for a build context, as a command line or a pom has it. */
public final class ContextWord {
    private static final String LAYOUT = "oci-layout://";
    private static final List<String> IMAGES = List.of("docker-image://", "container-image://", "docker://");

    private ContextWord() {}

    /**
     * Reads a word. What is there as a file of this machine is that file; else an address is an address; the rest are paths.
     *
     * @param base what relative paths begin at
     * @throws RequestInvalid if it is nothing of that
     */
    public static ContextSource parse(String word, Path base) {
        for (String transport : IMAGES) {
            if (word.startsWith(transport)) {
                return new ContextSource.Image(word.substring(transport.length()));
            }
        }
        if (word.startsWith(LAYOUT)) {
            return new ContextSource.Image(LAYOUT + base.resolve(word.substring(LAYOUT.length())));
        }
        Path path = null;
        try {
            path = base.resolve(word);
        } catch (InvalidPathException noPath) {
            if (remote(word).isEmpty()) {
                throw refused(word, noPath.getReason(), noPath);
            }
        }
        return path != null && (Files.exists(path) || remote(word).isEmpty())
                ? new ContextSource.Local(path)
                : new ContextSource.Remote(word);
    }

    static Optional<RemoteSource> remote(String word) {
        try {
            return RemoteSource.ofContext(word);
        } catch (IllegalArgumentException malformed) {
            throw refused(word, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static RequestInvalid refused(String word, String why, Exception cause) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "\"" + word + "\" is no build context: " + why,
                "Name a directory, a tar file, or the address of a Git repository or of a tar.",
                cause);
    }
}
