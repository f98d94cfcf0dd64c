package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * The folder of one driver and one id map under {@code <root>/rootfs/}.
 *
 * <pre>
 * l/&lt;ordinal&gt;             a layer, a stack or an upper directory; the name is short because mount data is one page
 * w/&lt;ordinal&gt;/work merged beside an upper directory
 * names/&lt;diff- or chain-hex&gt;  which ordinal holds it whole, and in which boot it was written
 * trash/                   on its way out
 * </pre>
 *
 * <p>Laws: a directory counts only when a name points at it, and the name is written last, so a death in the middle leaves what
 * nobody sees and the next lone worker sweeps. Nothing here is forced to disk: a name of another boot is not believed, because its
 * files may have been lost in a power cut; the layer is unpacked again from the content store, where it is durable.
 */
final class UnpackedLayers {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Linux linux;
    private final Path folder;
    private final String boot;
    private final int layersFd;
    private final TreeRemoval removal;
    private final AtomicInteger next = new AtomicInteger(1);
    /** Nobody takes away what was whole while this folder is open. */
    private final Map<LayerKey, String> known = new ConcurrentHashMap<>();

    private UnpackedLayers(Linux linux, Path folder, String boot, int layersFd) {
        this.linux = linux;
        this.folder = folder;
        this.boot = boot;
        this.layersFd = layersFd;
        this.removal = new TreeRemoval(linux);
    }

    /** A directory that is being filled. */
    record Slot(String ordinal) {}

    static UnpackedLayers open(Linux linux, Path folder) throws IOException {
        Files.createDirectories(folder);
        // 0700: the setuid programs of images are no business of other users; no inherited group, no inherited ACL
        int fd = linux.openat(Linux.AT_FDCWD, Names.utf8(folder.toString()), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            linux.fchmodat(fd, Names.DOT, 0700);
            if (linux.lgetxattrs(Names.through(fd, Names.DOT)).containsKey("system.posix_acl_default")) {
                linux.lremovexattr(Names.through(fd, Names.DOT), "system.posix_acl_default");
            }
        } finally {
            linux.close(fd);
        }
        for (String part : List.of("l", "w", "names", "trash")) {
            Files.createDirectories(folder.resolve(part));
        }
        int layers = linux.openat(
                Linux.AT_FDCWD, Names.utf8(folder.resolve("l").toString()), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        String boot = Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
        return new UnpackedLayers(linux, folder, boot, layers);
    }

    /** The directory that holds all the others, open; stays so. */
    int layersFd() {
        return layersFd;
    }

    /**
     * Makes it the calling thread's working directory. By its name: a descriptor leads into the mount namespace that it was opened in,
     * and the kernel mounts nothing from another one.
     */
    void enter() throws IOException {
        linux.chdir(Names.utf8(folder.resolve("l").toString()));
    }

    /** What goes with an upper directory; removed with it, or when it is published. */
    Path beside(Slot slot) {
        return folder.resolve("w").resolve(slot.ordinal());
    }

    Path work(Slot slot) {
        return beside(slot).resolve("work");
    }

    Path merged(Slot slot) {
        return beside(slot).resolve("merged");
    }

    Path directory(String ordinal) {
        return folder.resolve("l").resolve(ordinal);
    }

    /** The ordinal of the directory that holds this whole. */
    Optional<String> find(LayerKey key) throws IOException {
        String before = known.get(key);
        if (before != null) {
            return Optional.of(before);
        }
        String record;
        try {
            record = Files.readString(folder.resolve("names").resolve(key.text()), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String[] words = record.strip().split(" ", -1);
        if (words.length != 2 || !words[1].equals(boot) || !Files.isDirectory(directory(words[0]))) {
            return Optional.empty();
        }
        known.put(key, words[0]);
        return Optional.of(words[0]);
    }

    /** A new directory that nobody else has: who makes {@code l/<ordinal>} owns what is named after it. */
    Slot allocate() throws IOException {
        while (true) {
            String ordinal = Integer.toString(next.getAndIncrement(), Character.MAX_RADIX);
            try {
                Files.createDirectory(directory(ordinal));
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            Slot slot = new Slot(ordinal);
            Files.createDirectories(work(slot));
            Files.createDirectory(merged(slot));
            return slot;
        }
    }

    /** From now on the slot's directory is what the key names; what was named before stays until it is swept. */
    void publish(LayerKey key, Slot slot) throws IOException {
        Path unfinished = Files.createTempFile(
                folder.resolve("names"),
                ".",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, slot.ordinal() + " " + boot + "\n", StandardCharsets.US_ASCII);
        Files.move(unfinished, folder.resolve("names").resolve(key.text()), StandardCopyOption.ATOMIC_MOVE);
        removeWork(slot);
    }

    interface Filling {
        void fill(Slot slot) throws IOException;
    }

    /** Allocates, fills and publishes; where the filling fails, nothing is left. */
    String fill(LayerKey key, Filling filling) throws IOException {
        Slot slot = allocate();
        try {
            filling.fill(slot);
            publish(key, slot);
            return slot.ordinal();
        } catch (IOException e) {
            discardOrLeave(slot);
            throw e;
        }
    }

    /** As {@link #discard}; what cannot be removed now (the thread is interrupted, say) is swept later. */
    void discardOrLeave(Slot slot) {
        try {
            discard(slot);
        } catch (IOException e) {
            return; // no name points at it
        }
    }

    /** Removes a slot that was not published. Its layer directory goes last: once it is gone, another worker may have the ordinal. */
    void discard(Slot slot) throws IOException {
        removeWork(slot);
        removal.remove(layersFd, Names.utf8(slot.ordinal()));
    }

    private void removeWork(Slot slot) throws IOException {
        removal.remove(layersFd, Names.utf8("../w/" + slot.ordinal()));
    }

    /** Moves out of the way what no name of this boot points at. Only while no other worker has the folder open. */
    void sweep() throws IOException {
        Set<String> whole = new HashSet<>();
        for (Path name : list("names")) {
            Optional<String> ordinal = find(new LayerKey(name.getFileName().toString()));
            if (ordinal.isPresent()) {
                whole.add(ordinal.get());
            } else {
                Files.deleteIfExists(name);
            }
        }
        for (Path work : list("w")) {
            toTrash(work);
        }
        for (Path directory : list("l")) {
            if (!whole.contains(directory.getFileName().toString())) {
                toTrash(directory);
            }
        }
    }

    /** Deletes what {@link #sweep} put aside; may take long, ends when interrupted, goes on another time. */
    void emptyTrash() throws IOException {
        removal.empty(layersFd, Names.utf8("../trash"));
    }

    /** Forgets every unpacked layer. Only while no other worker has the folder open. */
    void forget() throws IOException {
        known.clear();
        for (Path name : list("names")) {
            Files.deleteIfExists(name);
        }
        sweep();
    }

    private List<Path> list(String part) throws IOException {
        try (Stream<Path> children = Files.list(folder.resolve(part))) {
            return new ArrayList<>(children.toList());
        }
    }

    private void toTrash(Path victim) throws IOException {
        Path place = Files.createTempDirectory(folder.resolve("trash"), "");
        Files.move(victim, place.resolve("it"), StandardCopyOption.ATOMIC_MOVE);
    }

    void close() {
        try {
            linux.close(layersFd);
        } catch (LinuxException e) {
            throw new IllegalStateException("a descriptor of the unpacked layers was closed by someone else", e);
        }
    }
}
