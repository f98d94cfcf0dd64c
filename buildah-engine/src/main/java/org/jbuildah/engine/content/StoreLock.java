package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock that all threads, class loaders and processes of a machine respect; the kernel drops it when its process dies.
 *
 * <p>These are POSIX record locks: closing <em>any</em> descriptor of a file drops all locks that the process holds on it. So each lock
 * file is opened once and stays open as long as this class lives, and lock files are never deleted. Other class loaders open it for
 * themselves; between them the JVM's own table of locks decides, by an exception, and waiting is polling.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl_locking.2.html">fcntl_locking(2)</a>
 */
public final class StoreLock implements AutoCloseable {
    private static final long LONGEST_PAUSE_MILLIS = 20;
    private static final Map<Path, LockFile> OPEN = new HashMap<>();

    private final FileLock lock;

    private StoreLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Takes a lock, and waits for it as long as it takes.
     *
     * @param file made where it does not exist; its directory must exist
     * @throws InterruptedIOException if the thread is interrupted, which leaves its flag set
     */
    public static StoreLock acquire(Path file) throws IOException {
        for (long pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            Optional<StoreLock> taken = tryAcquire(file);
            if (taken.isPresent()) {
                return taken.get();
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while waiting for " + file).initCause(e);
            }
        }
    }

    /** Takes a lock if nobody holds it. */
    public static Optional<StoreLock> tryAcquire(Path file) throws IOException {
        return tryAcquire(file, 0, Long.MAX_VALUE);
    }

    /** Takes a range of a lock file; ranges that do not overlap are locks of their own. */
    public static Optional<StoreLock> tryAcquire(Path file, long position, long length) throws IOException {
        try {
            FileLock lock = channel(file).tryLock(position, length, false);
            return lock == null ? Optional.empty() : Optional.of(new StoreLock(lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // held by this JVM
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        Path key = key(file);
        synchronized (OPEN) {
            LockFile open = OPEN.get(key);
            if (open != null && open.isStillAt(key)) {
                return open.channel;
            }
            try {
                FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OPEN.put(key, new LockFile(channel, fileKey(key)));
                return channel;
            } catch (IOException e) {
                throw StoreTrouble.writing(key, e);
            }
        }
    }

    /** An open lock file, and what tells whether it is still the one that others see: a store may be removed whole and made anew. */
    private record LockFile(FileChannel channel, @Nullable Object fileKey) {
        boolean isStillAt(Path file) throws IOException {
            return channel.isOpen() && Files.exists(file) && Objects.equals(fileKey, StoreLock.fileKey(file));
        }
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static Path key(Path file) throws IOException {
        Path directory = file.toAbsolutePath().normalize().getParent();
        return directory == null || !Files.exists(directory)
                ? file.toAbsolutePath().normalize()
                : directory.toRealPath().resolve(file.getFileName());
    }

    /** Closes a lock file that is deleted, and whose name will never be used again. */
    static void forget(Path file) throws IOException {
        Path key = key(file);
        synchronized (OPEN) {
            LockFile open = OPEN.remove(key);
            if (open != null) {
                open.channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
    }
}
