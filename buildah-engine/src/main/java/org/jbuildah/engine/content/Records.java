package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.Digest;

/**
 * Small records, droppable. They are not forced to the disk, which would cost each step a millisecond; a line with the digest of the
 * value tells a whole record from one that a power failure cut short, and that is as good as absent.
 */
final class Records {
    private static final int HEAD = 72; // "sha256:" + 64 digits + line end

    private final StoreFolders folders;
    private final TemporaryFolder temporary;

    Records(StoreFolders folders, TemporaryFolder temporary) {
        this.folders = folders;
        this.temporary = temporary;
    }

    Optional<byte[]> find(String kind, String key) throws IOException {
        try {
            return read(folders.record(kind, key));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The value in a record's file; empty when it is not whole. */
    static Optional<byte[]> read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        if (all.length < HEAD) {
            return Optional.empty();
        }
        byte[] value = Arrays.copyOfRange(all, HEAD, all.length);
        return Arrays.equals(head(value), Arrays.copyOf(all, HEAD)) ? Optional.of(value) : Optional.empty();
    }

    /** The keys of all that were put under a file name of their own, sorted. */
    List<String> keys(String kind) throws IOException {
        if (!Files.isDirectory(folders.records(kind))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folders.records(kind))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    void put(String kind, String key, byte[] value) throws IOException {
        Path file = folders.record(kind, key);
        if (!Files.isDirectory(folders.records(kind))) {
            Files.createDirectories(folders.records(kind));
        }
        try (TemporaryFile writing = temporary.file()) {
            writing.write(head(value));
            writing.write(value);
            writing.publish(file, false);
        }
    }

    private static byte[] head(byte[] value) {
        return (Digest.of(value) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
