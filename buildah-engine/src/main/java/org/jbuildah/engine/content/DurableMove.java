package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives a finished file its name once its bytes are on the disk. */
final class DurableMove {
    private DurableMove() {}

    static void move(Path file, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
