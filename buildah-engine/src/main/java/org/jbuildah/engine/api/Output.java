package org.jbuildah.engine.api;

import java.nio.file.Path;

/** A place where the finished image goes besides the local store. Each writes itself as {@code jbuildah push} would have it. */
public sealed interface Output {
    /** An OCI image layout directory; {@code tag} is its {@code ref.name}, empty for the image's own name. */
    record OciLayout(Path directory, String tag) implements Output {
        @Override
        public String toString() {
            return "oci:" + directory + (tag.isEmpty() ? "" : ":" + tag);
        }
    }

    /** An OCI image layout in a tar file. */
    record OciArchive(Path file, String tag) implements Output {
        @Override
        public String toString() {
            return "oci-archive:" + file;
        }
    }

    /** A tar file that {@code docker load} takes. */
    record DockerArchive(Path file, String tag) implements Output {
        @Override
        public String toString() {
            return "docker-archive:" + file;
        }
    }

    /** A registry; {@code reference} names registry, repository and tag. */
    record Registry(String reference) implements Output {
        @Override
        public String toString() {
            return "docker://" + reference;
        }
    }
}
