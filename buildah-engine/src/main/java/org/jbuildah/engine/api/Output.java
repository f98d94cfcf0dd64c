package org.jbuildah.engine.api;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where the finished image, or its files alone, go besides the local store. {@code toString} is the short form that users write. */
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

    /** The image's files in a directory of this machine. */
    record Local(Path directory) implements Output {
        @Override
        public String toString() {
            return "local:" + directory;
        }
    }

    /** The image's files in a tar file. */
    record Tar(Path file) implements Output {
        @Override
        public String toString() {
            return "tar:" + file;
        }
    }

    /** The image's files as a tar in a stream, which is flushed and left open. */
    record TarStream(OutputStream stream) implements Output {
        @Override
        public String toString() {
            return "tar:-";
        }
    }

    private static String written(String transport, Path path, String tag) {
        return transport + path + (tag.isEmpty() ? "" : ":" + tag);
    }
}
