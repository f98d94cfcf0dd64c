package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.oci.Digest;

/**
 * The folder of one driver and id map, and who has it open.
 *
 * <p>Each worker sits on a lock file of its own, a numbered seat; who comes when all other seats are free is alone, and sweeps. A seat
 * is taken, and the others are looked at, behind one more lock, the door.
 */
final class RootfsFolder {
    private static final Set<Errno> NO_ROOM = Set.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EFBIG);

    private final UnpackedLayers layers;
    private final Path locks;
    private final String name;
    private final StoreLock seat;
    private final int seatNumber;
    private final Thread sweeper;

    private RootfsFolder(UnpackedLayers layers, Path locks, String name, StoreLock seat, int seatNumber) {
        this.layers = layers;
        this.locks = locks;
        this.name = name;
        this.seat = seat;
        this.seatNumber = seatNumber;
        this.sweeper = new Thread(this::emptyTrash, "sweep " + name);
        sweeper.setDaemon(true);
    }

    static RootfsFolder open(Linux linux, Path root, String driver, IdMap ids, OverlayXattrs xattrs)
            throws IOException {
        String map = Digest.of(Names.utf8(ids.uids() + " " + ids.gids())).hex().substring(0, 12);
        String name = driver + "-" + xattrs.folderName() + "-" + map;
        Path locks = Files.createDirectories(root.resolve("locks"));
        StoreLock door = StoreLock.acquire(locks.resolve("rootfs-" + name + "-door"));
        try {
            int number = 0;
            Optional<StoreLock> seat = Optional.empty();
            while (seat.isEmpty()) {
                number++;
                seat = StoreLock.tryAcquire(seat(locks, name, number));
            }
            UnpackedLayers layers =
                    UnpackedLayers.open(linux, root.resolve("rootfs").resolve(name));
            RootfsFolder folder = new RootfsFolder(layers, locks, name, seat.get(), number);
            if (folder.alone()) {
                layers.sweep();
            }
            folder.sweeper.start();
            return folder;
        } finally {
            door.close();
        }
    }

    private static Path seat(Path locks, String name, int number) {
        return locks.resolve("rootfs-" + name + "-" + number);
    }

    UnpackedLayers layers() {
        return layers;
    }

    /** The ordinal of what the key names, filled now if nobody did before; no two workers or threads do the same work. */
    String once(LayerKey key, UnpackedLayers.Filling filling) throws IOException {
        Optional<String> before = layers.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        // a bounded number of lock files; they are never deleted
        String shard = Digest.of(Names.utf8(key.text())).hex().substring(0, 2);
        StoreLock lock = StoreLock.acquire(locks.resolve("unpack-" + shard));
        try {
            Optional<String> meanwhile = layers.find(key);
            return meanwhile.isPresent() ? meanwhile.get() : layers.fill(key, filling);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            lock.close();
        }
    }

    /** What came from a full disk says so. */
    private static IOException explained(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean full = cause instanceof LinuxException call && NO_ROOM.contains(call.errno());
            if (full) {
                throw new StoreBroken(
                        FailureCode.STORE_FULL,
                        "The store has no space left for unpacked layers: " + e.getMessage() + ".",
                        "Free some space, or run prune, or raise the limit of file sizes (ulimit -f), or choose a store on a larger"
                                + " disk with " + StoreBroken.ROOT + ".",
                        e);
            }
        }
        return e;
    }

    boolean prune() throws IOException {
        StoreLock door = StoreLock.acquire(locks.resolve("rootfs-" + name + "-door"));
        try {
            if (!alone()) {
                return false;
            }
            layers.forget();
        } finally {
            door.close();
        }
        layers.emptyTrash();
        return true;
    }

    /** Behind the door: nobody else sits. */
    private boolean alone() throws IOException {
        List<StoreLock> others = new ArrayList<>();
        try {
            for (int number = 1; number == seatNumber || Files.exists(seat(locks, name, number)); number++) {
                if (number == seatNumber) {
                    continue;
                }
                Optional<StoreLock> free = StoreLock.tryAcquire(seat(locks, name, number));
                if (free.isEmpty()) {
                    return false;
                }
                others.add(free.get());
            }
            return true;
        } finally {
            for (StoreLock other : others) {
                other.close();
            }
        }
    }

    private void emptyTrash() {
        try {
            layers.emptyTrash();
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // another worker was faster, or the next one goes on
        }
    }

    void close() {
        sweeper.interrupt();
        try {
            sweeper.join();
            layers.close();
            seat.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot leave " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the kernel frees the seat with the process
        }
    }
}
