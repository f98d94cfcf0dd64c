package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The place under {@code tmp/} that belongs to one open store, made when it is first needed. Its lock lives in it; a folder whose lock
 * can be taken belongs to a dead process and is removed by whoever needs a folder next.
 */
final class TemporaryFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreFolders folders;
    private final AtomicInteger next = new AtomicInteger();
    private @Nullable Path own;
    private @Nullable StoreLock lock;

    TemporaryFolder(StoreFolders folders) {
        this.folders = folders;
    }

    TemporaryFile file() throws IOException {
        return new TemporaryFile(name("f"));
    }

    /** A fresh name; nothing is there yet. */
    Path name(String prefix) throws IOException {
        return own().resolve(prefix + next.incrementAndGet());
    }

    private synchronized Path own() throws IOException {
        if (own == null) {
            Path made = folders.temporary().resolve(ownPrefix() + Long.toHexString(RANDOM.nextLong()));
            StoreLock all = StoreLock.acquire(folders.locks().resolve("tmp"));
            try (all) {
                removeStale();
                Files.createDirectory(made);
                lock = StoreLock.acquire(made.resolve(LOCK));
            } catch (IOException e) {
                throw StoreTrouble.writing(made, e);
            }
            own = made;
        }
        return own;
    }

    /** Removes what dead processes left. */
    void sweep() throws IOException {
        StoreLock all = StoreLock.acquire(folders.locks().resolve("tmp"));
        try (all) {
            removeStale();
        }
    }

    private static String ownPrefix() {
        return ProcessHandle.current().pid() + "-";
    }

    private void removeStale() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folders.temporary())) {
            for (Path each : all) {
                // a lock file of this very process must not even be opened: see StoreLock
                if (!each.getFileName().toString().startsWith(ownPrefix()) && isDead(each)) {
                    delete(each);
                }
            }
        }
    }

    private static boolean isDead(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try {
            return isUnlocked(folder.resolve(LOCK));
        } catch (IOException e) {
            if (!Files.exists(folder)) {
                return true; // its owner has just removed it
            }
            throw e;
        }
    }

    private static boolean isUnlocked(Path lockFile) throws IOException {
        Optional<StoreLock> taken = StoreLock.tryAcquire(lockFile);
        if (taken.isPresent()) {
            taken.get().close();
        }
        StoreLock.forget(lockFile);
        return taken.isPresent();
    }

    /** Removes a tree as far as this user may; what remains is tried again by others. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // gone already, or not ours to read
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                directory.toFile().delete(); // false when something remains in it
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public synchronized void close() {
        if (own == null || lock == null) {
            return;
        }
        try {
            lock.close();
            StoreLock.forget(own.resolve(LOCK));
            delete(own);
        } catch (IOException e) {
            // what remains is stale now, and removed by whoever comes later
        }
        own = null;
        lock = null;
    }
}
