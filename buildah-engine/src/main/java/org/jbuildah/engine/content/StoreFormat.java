package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;

/** Makes a new store, or makes sure that an existing one can be used. */
final class StoreFormat {
    static final int VERSION = 1;
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final Set<String> KNOWN = Set.of(
            "oci-layout",
            "index.json",
            "blobs",
            "meta",
            "derived",
            "rootfs",
            "cache-mounts",
            "lib",
            "locks",
            "tmp",
            "lost+found");

    private StoreFormat() {}

    /** True when the store can be written; false for one that can only be read. */
    static boolean open(StoreFolders folders) {
        try {
            if (!isComplete(folders)) {
                make(folders);
            }
        } catch (IOException e) {
            IOException unknown = StoreTrouble.writing(folders.root(), e);
            throw StoreBroken.unwritable(folders.root(), Reasons.of(unknown), unknown);
        }
        return Files.isWritable(folders.locks()) && Files.isWritable(folders.temporary());
    }

    private static boolean isComplete(StoreFolders folders) throws IOException {
        try {
            check(folders, Files.readString(folders.version()).strip());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
        return Files.exists(folders.layoutFile())
                && Files.exists(folders.index())
                && Files.isDirectory(folders.blobs().resolve("sha256"))
                && Files.isDirectory(folders.layers())
                && Files.isDirectory(folders.locks())
                && Files.isDirectory(folders.temporary());
    }

    private static void check(StoreFolders folders, String version) {
        int number;
        try {
            number = Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw new StoreBroken(
                    FailureCode.STORE_CORRUPT,
                    folders.version() + " should hold the number of the store's format, and holds \"" + version + "\".",
                    "Delete that file; what is in the store stays.",
                    e);
        }
        if (number > VERSION) {
            throw new StoreBroken(
                    FailureCode.STORE_NEWER,
                    "The store " + folders.root() + " has format " + number
                            + ", written by a newer version of this program; this one" + " reads formats up to "
                            + VERSION + ".",
                    "Use the newer version, or another store with " + StoreBroken.ROOT + ".");
        }
    }

    private static void make(StoreFolders folders) throws IOException {
        refuseForeignFolder(folders.root());
        makeRoot(folders.root());
        for (Path folder : List.of(
                folders.blobs().resolve("sha256"),
                folders.layers(),
                folders.records("step"),
                folders.records("source"),
                folders.derived(),
                folders.locks(),
                folders.temporary())) {
            Files.createDirectories(folder);
        }
        StoreLock lock = StoreLock.acquire(folders.locks().resolve("index"));
        try (lock;
                TemporaryFolder temporary = new TemporaryFolder(folders)) {
            writeUnlessThere(temporary, folders.index(), Json.write(emptyIndex()));
            writeUnlessThere(temporary, folders.version(), (VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
            writeUnlessThere(temporary, folders.layoutFile(), LAYOUT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    static Index emptyIndex() {
        return new Index(MediaType.OCI_INDEX, List.of(), Map.of());
    }

    private static void writeUnlessThere(TemporaryFolder temporary, Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            try (TemporaryFile writing = temporary.file()) {
                writing.write(content);
                writing.publish(file, true);
            }
        }
    }

    /** A wrong --root must not turn somebody's home into a store. */
    private static void refuseForeignFolder(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!KNOWN.contains(entry.getFileName().toString())) {
                    throw new StoreBroken(
                            FailureCode.STORE_UNWRITABLE,
                            root + " is no store, and holds other files (" + entry.getFileName() + ").",
                            "Name an empty or a new directory with " + StoreBroken.ROOT + ".");
                }
            }
        }
    }

    private static void makeRoot(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        Path parent = root.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(root, onlyOwner);
    }
}
