package org.jbuildah.engine.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a secret come from. They are asked for when a {@code RUN} needs them, and kept nowhere. */
public sealed interface SecretSource {
    byte[] read() throws IOException;

    /** A file of this machine. */
    record OfFile(Path file) implements SecretSource {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    /** Bytes that the caller has, such as a variable of its environment or a password out of its settings. */
    final class OfBytes implements SecretSource {
        private final byte[] bytes;

        public OfBytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public byte[] read() {
            return bytes.clone();
        }

        /** Says nothing of the bytes. */
        @Override
        public String toString() {
            return "OfBytes[]";
        }
    }
}
