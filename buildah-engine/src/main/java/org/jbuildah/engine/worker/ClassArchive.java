package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jbuildah.engine.oci.Digest;

/**
 * The worker's classes as the JVM has laid them out, kept in the store's {@code lib/} so that later workers need not load and verify
 * them again: a third of a worker's start.
 *
 * <p>Laws: an archive belongs to one Java and to one class path, by their paths, sizes and times; the JVM itself checks it again and
 * goes on without it where it does not fit. The first worker of a store leaves a mark and nothing else, the second writes the archive as
 * it ends, so that a store which is used once pays nothing. Half an archive never gets its name.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class Data Sharing</a>, dynamic archives
 */
final class ClassArchive {
    private final Path archive;
    private final Path mark;
    private final Path written;
    private final State state;

    private enum State {
        FIRST,
        TO_WRITE,
        THERE
    }

    private ClassArchive(Path archive, Path mark, Path written, State state) {
        this.archive = archive;
        this.mark = mark;
        this.written = written;
        this.state = state;
    }

    /**
     * Whether a Java can have one: only on top of an archive of its own classes, which runtimes that jlink has made and those of some
     * distributions lack.
     */
    static boolean possible(Path javaHome) throws IOException {
        Path lib = javaHome.resolve("lib");
        for (String variant : List.of("server", "client", "minimal")) {
            Path directory = lib.resolve(variant);
            if (Files.isDirectory(directory)) {
                try (DirectoryStream<Path> archives = Files.newDirectoryStream(directory, "classes*.jsa")) {
                    if (archives.iterator().hasNext()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * The archive for a class path in a directory.
     *
     * @param java tells one Java from another: its home and its version
     */
    static ClassArchive in(Path directory, String java, List<Path> classpath) throws IOException {
        StringBuilder identity = new StringBuilder(java);
        for (Path jar : classpath) {
            identity.append('\n').append(jar).append(' ').append(Files.size(jar));
            identity.append(' ').append(Files.getLastModifiedTime(jar).toMillis());
        }
        String name = "classes-"
                + Digest.of(identity.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 16);
        Path archive = directory.resolve(name + ".jsa");
        Path mark = directory.resolve(name + ".mark");
        State state = Files.exists(archive) ? State.THERE : Files.exists(mark) ? State.TO_WRITE : State.FIRST;
        Path written =
                directory.resolve(name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        return new ClassArchive(archive, mark, written, state);
    }

    /** What to tell the JVM. */
    List<String> options() {
        return switch (state) {
            case FIRST -> List.of();
            case TO_WRITE -> List.of("-XX:ArchiveClassesAtExit=" + written);
            case THERE -> List.of("-XX:SharedArchiveFile=" + archive);
        };
    }

    /** True while a worker that ends may still be writing. */
    boolean beingWritten() {
        return state == State.TO_WRITE;
    }

    /** Once the worker has ended: keeps what it wrote if it ended well. */
    void keep(boolean endedWell) throws IOException {
        if (state == State.FIRST && endedWell) {
            Files.writeString(mark, "");
        }
        if (state != State.TO_WRITE) {
            return;
        }
        if (endedWell && Files.exists(written)) {
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(written);
    }
}
