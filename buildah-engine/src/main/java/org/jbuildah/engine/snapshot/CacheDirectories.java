package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec.CacheDirectory;

/**
 * The directories of {@code RUN --mount=type=cache}, under {@code <root>/cache-mounts/}, one folder for each id map. They belong to no
 * image and to no key; they are kept until they are pruned.
 *
 * <p>Laws: a directory appears under its name whole; several workers may use one at once, as {@link CacheSharing} says; nothing in use
 * is deleted. The id, the layers and directory that it begins with, and its owner and mode tell one from another.
 */
public final class CacheDirectories {
    private static final String UNFINISHED = ".new-";
    private static final long PAUSE_MILLIS = 50;

    private final Linux linux;
    private final IdMap ids;
    private final Path folder;
    private final CacheLock locks;

    private CacheDirectories(Linux linux, IdMap ids, Path folder, CacheLock locks) {
        this.linux = linux;
        this.ids = ids;
        this.folder = folder;
        this.locks = locks;
    }

    /** @param root of the content store */
    public static CacheDirectories of(Linux linux, Path root, IdMap ids) {
        String map = Digest.of(Names.utf8(ids.uids() + " " + ids.gids())).hex().substring(0, 12);
        CacheLock locks = new CacheLock(root.resolve("locks").resolve("cache-mounts-" + map));
        return new CacheDirectories(linux, ids, root.resolve("cache-mounts").resolve(map), locks);
    }

    /** A directory in use, until it is closed. */
    public record Lent(Path directory, StoreLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /** What two mounts have in common that are of one directory. */
    public static String nameOf(CacheDirectory mount) {
        Access access = mount.access();
        String origin = mount.layers().stream().map(Object::toString).collect(Collectors.joining(" "));
        String seed = mount.layers().isEmpty() ? "" : mount.seed().toString();
        String all = String.join("\n", mount.id(), origin, seed, access == null ? "" : access.toString());
        return Digest.of(Names.utf8(all)).hex().substring(0, 32);
    }

    /**
     * Lends out a directory, made and filled now if it is new.
     *
     * @param snapshots gives the tree that a new one is filled from
     * @throws InterruptedIOException if the thread is interrupted while another process has it
     */
    public Lent lend(CacheDirectory mount, SnapshotStore snapshots) throws IOException {
        makeFolder();
        String name = nameOf(mount);
        int number = 0;
        while (true) {
            String instance = name + "-" + number;
            Optional<StoreLock> lock =
                    mount.sharing() == CacheSharing.SHARED ? locks.beside(instance) : locks.alone(instance);
            if (lock.isPresent()) {
                return lent(instance, mount, snapshots, lock.get());
            }
            if (mount.sharing() == CacheSharing.LOCKED) {
                pause();
            } else {
                number++;
            }
        }
    }

    private Lent lent(String instance, CacheDirectory mount, SnapshotStore snapshots, StoreLock lock)
            throws IOException {
        try {
            Path directory = folder.resolve(instance);
            if (!Files.isDirectory(directory)) {
                make(directory, mount, snapshots);
            }
            return new Lent(directory, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a cache directory");
        }
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            // setuid programs that a RUN leaves here are no business of other users
            linux.fchmodat(Linux.AT_FDCWD, Names.utf8(folder.toString()), 0700);
        }
    }

    /** Those that share a directory may all find it missing; one of them makes it. */
    private void make(Path directory, CacheDirectory mount, SnapshotStore snapshots) throws IOException {
        String making = "make " + directory.getFileName();
        Optional<StoreLock> maker = locks.alone(making);
        while (maker.isEmpty()) {
            pause();
            maker = locks.alone(making);
        }
        try {
            if (Files.isDirectory(directory)) {
                return;
            }
            Path unfinished = folder.resolve(UNFINISHED + directory.getFileName());
            remove(unfinished); // of one who died here
            Files.createDirectory(unfinished);
            if (mount.layers().isEmpty()) {
                give(unfinished, new Access(0, 0, 0755));
            } else {
                fill(unfinished, mount, snapshots);
            }
            Access access = mount.access();
            if (access != null) {
                give(unfinished, access);
            }
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            maker.get().close();
        }
    }

    private void give(Path directory, Access access) throws IOException {
        byte[] path = Names.utf8(directory.toString());
        if (ids.singleId()) {
            OwnerMark.put(linux, path, access.uid(), access.gid());
        } else {
            linux.fchownat(Linux.AT_FDCWD, path, access.uid(), access.gid());
        }
        linux.fchmodat(Linux.AT_FDCWD, path, access.mode());
    }

    /** On a thread whose namespace takes the mount away with it. */
    private void fill(Path directory, CacheDirectory mount, SnapshotStore snapshots) throws IOException {
        try (SnapshotStore.Snapshot snapshot = snapshots.prepare(mount.layers())) {
            ThrowAwayThread.run("fill " + directory.getFileName(), () -> {
                linux.unshare(CloneFlag.NEWNS | CloneFlag.FS);
                linux.mount(null, Names.SLASH, null, MountFlag.REC | MountFlag.PRIVATE, null);
                byte[] tree = Names.utf8(snapshot.mount().toString());
                copy(tree, mount.seed(), Names.utf8(directory.toString()));
            });
        }
    }

    private void copy(byte[] tree, EntryName seed, byte[] directory) throws IOException {
        int root = linux.openat(Linux.AT_FDCWD, tree, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            byte[] path = seed.isRoot() ? Names.DOT : seed.bytes();
            int from = linux.openat2(root, path, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0, ResolveFlag.IN_ROOT);
            try {
                new TreeCopy(linux, new TreeCopy.Means()).copy(from, Names.DOT, Linux.AT_FDCWD, directory);
            } finally {
                linux.close(from);
            }
        } finally {
            linux.close(root);
        }
    }

    private void remove(Path directory) throws IOException {
        new TreeRemoval(linux).remove(Linux.AT_FDCWD, Names.utf8(directory.toString()));
    }

    /**
     * Deletes all that nobody uses.
     *
     * @return false if some are in use
     */
    public boolean prune() throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        boolean all = true;
        try (var directories = Files.newDirectoryStream(folder)) {
            for (Path directory : directories) {
                all = prune(directory) && all;
            }
        }
        return all;
    }

    private boolean prune(Path directory) throws IOException {
        String name = directory.getFileName().toString();
        boolean unfinished = name.startsWith(UNFINISHED);
        String held = unfinished ? "make " + name.substring(UNFINISHED.length()) : name;
        Optional<StoreLock> lock = locks.alone(held);
        if (lock.isEmpty()) {
            return false;
        }
        try {
            remove(directory);
            return true;
        } finally {
            lock.get().close();
        }
    }
}
