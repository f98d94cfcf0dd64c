package org.jbuildah.engine.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.content.ContentStore;

/** Letters for failures of the disk that the room below could not explain. */
final class StoreFailure {
    private StoreFailure() {}

    static StoreBroken of(ContentStore store, IOException e) {
        return new StoreBroken(
                FailureCode.STORE_CORRUPT,
                "The store " + store.root() + " cannot be used: " + describe(e) + ".",
                "fsck says what is wrong with it; a rebuild or pull brings back what is missing.",
                e);
    }

    static TransferFailed output(Path file, IOException e) {
        return new TransferFailed(
                FailureCode.OUTPUT_UNWRITABLE,
                "The image cannot be written to " + file + ": " + describe(e) + ".",
                "Make sure that its directory can be written and has space.",
                e);
    }

    /** @throws TransferFailed where an archive is to be written, and a directory bears its name */
    static void refuseDirectory(Path file) {
        if (Files.isDirectory(file)) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The archive cannot be written to " + file + ": that is a directory, and an archive is a file.",
                    "Name a file in it, such as " + file.resolve("image.tar") + ".");
        }
    }

    /** Exceptions of {@code java.nio.file} say the path, and mean by their class what happened. */
    private static String describe(IOException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.getClass().getSimpleName()) {
            case "NoSuchFileException" -> message + " does not exist";
            case "AccessDeniedException" -> message + " may not be opened";
            case "FileAlreadyExistsException" -> message + " is in the way";
            case "NotDirectoryException" -> message + " is not a directory";
            default -> message;
        };
    }
}
