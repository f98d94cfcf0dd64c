package org.jbuildah.engine.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of this machine. */
final class RealHostFiles implements HostFiles {
    private static final int BUFFER = 64 * 1024;

    @Override
    public @Nullable String text(String path) {
        // not Files.readString: it asks for one byte of a file of size 0, and a number of /proc/sys ends behind the
        // first read
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] buffer = new byte[BUFFER];
            for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                text.write(buffer, 0, count);
            }
            return text.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            return null;
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    @Override
    public List<String> names(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException missing) {
            return List.of();
        }
    }

    @Override
    public int executableMode(String path) {
        Path file = Path.of(path);
        try {
            return Files.isRegularFile(file) && Files.isExecutable(file)
                    ? (Integer) Files.getAttribute(file, "unix:mode")
                    : -1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return -1;
        }
    }

    @Override
    public Path resolved(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path parent = absolute; parent != null; parent = parent.getParent()) {
            Path real = real(parent);
            if (real != null) {
                return real.resolve(parent.relativize(absolute)).normalize();
            }
        }
        return absolute;
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return null;
        }
    }
}
