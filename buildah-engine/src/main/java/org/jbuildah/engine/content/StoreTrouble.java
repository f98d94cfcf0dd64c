package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Digest;

/** Turns failures of the file system under a store into letters to the user. */
final class StoreTrouble {
    private static final long TOO_LITTLE = 64 * 1024;

    private StoreTrouble() {}

    /**
     * What a failed write means.
     *
     * @return the failure itself, where it has no remedy of its own
     * @throws StoreBroken where it has: no space, no permission
     */
    static IOException writing(Path file, IOException e) {
        String reason = Reasons.of(e);
        if (reason.contains("No space left") || reason.contains("Disk quota exceeded") || noSpaceFor(file)) {
            throw new StoreBroken(
                    FailureCode.STORE_FULL,
                    "The store has no space left: writing " + file + " failed (" + reason + ").",
                    "Free some space, or run prune, or choose a store on a larger disk with " + StoreBroken.ROOT + ".",
                    e);
        }
        if (reason.contains("File too large")) {
            throw new StoreBroken(
                    FailureCode.STORE_FULL,
                    "A file of the store grew too large: writing " + file + " failed (" + reason + ").",
                    "Raise the limit of this process (ulimit -f), or choose a store on another file system with "
                            + StoreBroken.ROOT + ".",
                    e);
        }
        if (e instanceof AccessDeniedException // the system may speak the user's language
                || reason.contains("Permission denied")
                || reason.contains("Read-only file system")
                || reason.contains("Operation not permitted")) {
            throw StoreBroken.unwritable(file, reason, e);
        }
        return e;
    }

    static StoreBroken corrupt(Path blob, Digest digest, String how) {
        return new StoreBroken(
                FailureCode.STORE_CORRUPT,
                "The blob " + digest + " in the store is damaged: " + how + ".",
                "Delete " + blob + "; the next build or pull brings it back. fsck finds all damage.");
    }

    /** Messages of the system may be in the user's language, free space is a number. */
    private static boolean noSpaceFor(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            try {
                FileStore store = Files.getFileStore(folder);
                return store.getTotalSpace() > 0 && store.getUsableSpace() < TOO_LITTLE; // /proc has no space at all
            } catch (IOException e) {
                // not there: ask its parent
            }
        }
        return false;
    }
}
