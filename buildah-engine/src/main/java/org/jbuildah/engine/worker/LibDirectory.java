package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jbuildah.engine.oci.Digest;

/** {@code lib/} of the store: files named by their content, made once, used by every later worker. All of it may be deleted. */
final class LibDirectory {
    private final Path directory;

    LibDirectory(Path directory) {
        this.directory = directory;
    }

    /** A file {@code prefix-digest + suffix}. */
    Path put(String prefix, String suffix, byte[] content) throws IOException {
        return put(directory.resolve(prefix + "-" + shortDigest(content) + suffix), content);
    }

    private static String shortDigest(byte[] content) {
        return Digest.of(content).hex().substring(0, 16);
    }

    private static Path put(Path file, byte[] content) throws IOException {
        // the size tells a whole file from one that a crash of the machine has emptied
        if (Files.exists(file) && Files.size(file) == content.length) {
            return file;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("no directory for " + file);
        }
        Files.createDirectories(parent);
        Path temporary = Files.createTempFile(parent, "new-", ".part");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException other) {
            return file; // another build was faster, with the same bytes
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }
}
