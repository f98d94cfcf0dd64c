package org.jbuildah.engine.api;

import java.nio.file.Path;

/** A place where the finished image goes besides the local store. */
public sealed interface Output {
    /** An OCI image layout directory; {@code tag} is its {@code ref.name}, empty for the image's own name. */
    record OciLayout(Path directory, String tag) implements Output {}

    /** An OCI image layout in a tar file. */
    record OciArchive(Path file, String tag) implements Output {}

    /** A tar file that {@code docker load} takes. */
    record DockerArchive(Path file, String tag) implements Output {}

    /** A registry; {@code reference} names registry, repository and tag. */
    record Registry(String reference) implements Output {}
}
