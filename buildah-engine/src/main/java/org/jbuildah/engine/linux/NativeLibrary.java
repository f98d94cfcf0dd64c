package org.jbuildah.engine.linux;

import com.kenai.jffi.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * The native half of jffi as a file. Left alone, every JVM unpacks it into its temp folder, which costs 27 ms and fails where that
 * folder is mounted noexec; so it is unpacked once, into a folder of the store.
 */
public final class NativeLibrary {
    /** As jffi 1.3 calls it: the version is that of its native interface. */
    private static final String STUB = "jffi-1.2";

    private NativeLibrary() {}

    /**
     * Unpacks the library into a folder, unless it is there already; several JVMs may do so at once. Loads no native code itself.
     *
     * @return the options that make another JVM load it from there
     * @throws IOException if the folder cannot be written, or jffi has no library for this platform
     */
    public static List<String> extractInto(Path folder) throws IOException {
        Platform platform = Platform.getPlatform();
        String name = System.mapLibraryName(STUB);
        String resource = "jni/" + platform.getName() + "/" + name;
        try (InputStream library = Platform.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("jffi has no native library for " + platform.getName());
            }
            byte[] bytes = library.readAllBytes();
            Path own = Files.createDirectories(folder.resolve("jffi-" + platform.getName()));
            publish(bytes, own.resolve(name));
            return List.of("-Djffi.boot.library.path=" + own.toAbsolutePath());
        }
    }

    private static void publish(byte[] bytes, Path file) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished", null);
        try {
            Files.write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
