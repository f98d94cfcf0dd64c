package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.layer.Admission;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/** Every file of a host directory. Directories are entered only once they are known to be none of a symlink. */
final class HostTree implements SourceTree {
    /** What changed so recently may change again within the file system's tick, and look the same. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** A walk lists a directory and then asks for each file several times; more than that need not be kept. */
    private static final int MOST_RECENT = 8192;

    /** How many characters of a name that is too long are told, of each end. */
    private static final int SHOWN = 60;

    private final Path root;
    private final InstantSource clock;
    private final HostFile.Reader reader;
    private final Consumer<List<EntryName>> sockets;
    private final Map<EntryName, Path> directories = new ConcurrentHashMap<>();
    private final Map<EntryName, HostFile> recent = new ConcurrentHashMap<>();

    /** @param root a directory by its real path */
    HostTree(Path root, InstantSource clock) {
        this(root, clock, leftOut -> {});
    }

    private HostTree(Path root, InstantSource clock, Consumer<List<EntryName>> sockets) {
        this.root = root;
        this.clock = clock;
        this.sockets = sockets;
        this.reader = HostFile.reader(root.getFileSystem());
        directories.put(EntryName.ROOT, root);
    }

    /** The same directory; the listener hears of the sockets that a list of a directory leaves out. */
    HostTree hearingOfSockets(Consumer<List<EntryName>> listener) {
        return new HostTree(root, clock, listener);
    }

    boolean keepsModes() {
        return HostFile.keepsModes(root.getFileSystem());
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        Optional<HostFile> file = file(name);
        return file.isEmpty() ? Optional.empty() : file.get().entry(name);
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        Optional<Path> path = directory(directory);
        if (path.isEmpty()) {
            throw new NotDirectoryException(root + "/" + directory);
        }
        List<EntryName> names = new ArrayList<>();
        List<EntryName> leftOut = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path.get())) {
            for (Path child : stream) {
                EntryName name = directory.resolve(EntryName.of(HostName.lastComponent(child)));
                HostFile file = readAt(child, name);
                if (file.isNothingToCopy()) {
                    leftOut.add(name);
                } else {
                    keep(name, file);
                    names.add(name);
                }
            }
        } catch (AccessDeniedException e) {
            throw unreadable(directory, e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (!leftOut.isEmpty()) {
            Collections.sort(leftOut);
            sockets.accept(leftOut);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public InputStream open(EntryName name) throws IOException {
        Optional<Path> path = path(name);
        if (path.isEmpty()) {
            throw new NoSuchFileException(root + "/" + name);
        }
        try {
            return Files.newInputStream(path.get(), LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName name) throws IOException {
        return file(name).flatMap(HostFile::hardLinkIdentity);
    }

    @Override
    public Optional<String> fingerprint(EntryName name) throws IOException {
        // always asked anew: it is there to tell a change
        return read(name)
                .filter(file -> file.lastChange().isBefore(clock.instant().minus(SETTLED)))
                .map(file -> root + "/" + new String(name.bytes(), StandardCharsets.ISO_8859_1) + file.fingerprint());
    }

    private Optional<HostFile> file(EntryName name) throws IOException {
        HostFile known = recent.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HostFile> file = read(name);
        file.ifPresent(found -> keep(name, found));
        return file;
    }

    private void keep(EntryName name, HostFile file) {
        if (recent.size() >= MOST_RECENT) {
            recent.clear();
        }
        recent.put(name, file);
    }

    private Optional<HostFile> read(EntryName name) throws IOException {
        Optional<Path> path = path(name);
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(readAt(path.get(), name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw unreadable(name, e);
        }
    }

    private HostFile readAt(Path path, EntryName name) throws IOException {
        try {
            return reader.read(path);
        } catch (NoSuchFileException | AccessDeniedException known) {
            throw known;
        } catch (FileSystemException failure) {
            long length = root.toString().getBytes(StandardCharsets.UTF_8).length + 1L + name.bytes().length;
            if (length >= Admission.LONGEST_NAME) {
                throw tooLong(name, length, failure);
            }
            throw failure;
        }
    }

    private RequestInvalid tooLong(EntryName name, long length, FileSystemException cause) {
        return new RequestInvalid(
                FailureCode.CONTEXT_UNREADABLE,
                "\"" + shortened(name.toString()) + "\" in the build context \"" + shortened(root.toString())
                        + "\" cannot be read: its path has " + length
                        + " bytes, and the system takes less than " + Admission.LONGEST_NAME + ".",
                "Write the directory into .dockerignore if the image does not need it; else make the names shorter.",
                cause);
    }

    private static String shortened(String text) {
        return text.length() <= 2 * SHOWN
                ? text
                : text.substring(0, SHOWN) + "..." + text.substring(text.length() - SHOWN);
    }

    private Optional<Path> path(EntryName name) throws IOException {
        if (name.isRoot()) {
            return Optional.of(root);
        }
        return directory(name.parent()).flatMap(parent -> HostName.in(parent, name.lastComponent()));
    }

    /** Where a directory lies; empty if it, or one above it, is a symlink or something else. */
    private Optional<Path> directory(EntryName name) throws IOException {
        Path known = directories.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Path> path = path(name).filter(found -> Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS));
        path.ifPresent(found -> directories.put(name, found));
        return path;
    }

    private RequestInvalid unreadable(EntryName name, AccessDeniedException cause) {
        return new RequestInvalid(
                FailureCode.CONTEXT_UNREADABLE,
                "\"" + name + "\" in the build context \"" + root + "\" cannot be read: permission denied.",
                "Make it readable for this user, or write \"" + name
                        + "\" into .dockerignore if the image does not need it.",
                cause);
    }
}
