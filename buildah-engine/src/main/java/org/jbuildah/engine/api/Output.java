package org.jbuildah.engine.api;

import java.nio.file.Path;

/** A place where the finished image goes besides the local store. {@code toString} is the form that {@code push} takes. */
public sealed interface Output {
    /** An OCI image layout directory; {@code tag} is its {@code ref.name}, empty for the image's own name. */
    record OciLayout(Path directory, String tag) implements Output {
        @Override
        public String toString() {
            return written("oci:", directory, tag);
        }
    }

    /** An OCI image layout in a tar file. */
    record OciArchive(Path file, String tag) implements Output {
        @Override
        public String toString() {
            return written("oci-archive:", file, tag);
        }
    }

    /** A tar file that {@code docker load} takes. */
    record DockerArchive(Path file, String tag) implements Output {
        @Override
        public String toString() {
            return written("docker-archive:", file, tag);
        }
    }

    /** A registry; {@code reference} names registry, repository and tag. */
    record Registry(String reference) implements Output {
        @Override
        public String toString() {
            return "docker://" + reference;
        }
    }

    private static String written(String transport, Path path, String tag) {
        return transport + path + (tag.isEmpty() ? "" : ":" + tag);
    }
}
