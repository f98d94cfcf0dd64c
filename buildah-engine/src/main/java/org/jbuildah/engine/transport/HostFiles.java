package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.context.HostName;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;

/**
 * Writes the files of an image below a directory of the host.
 *
 * <p>Law: nothing is written through a symlink: what stands in the way of an entry and is not a directory, where one is wanted, is
 * removed. Modes and times come after the content, and owners before the modes, since a change of owner clears setuid bits.
 */
final class HostFiles implements FileWalk.Visitor {
    private static final int SET_ID = 06000;

    private final Path root;
    private final boolean unix;
    private final Map<String, Long> losses = new TreeMap<>();

    HostFiles(Path root) throws IOException {
        this.root = root.toRealPath();
        this.unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    @Override
    public void file(LayerEntry entry, LayerSource content) throws IOException {
        Optional<Path> place = place(entry.name());
        if (place.isEmpty()) {
            lost("names that this file system cannot have");
            return;
        }
        Path path = place.get();
        boolean there = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!(there && entry.isDirectory())) {
            Files.deleteIfExists(path);
        }
        switch (entry.type()) {
            case DIRECTORY -> directory(path, there);
            case FILE -> copy(content, path);
            case SYMLINK -> symlink(path, entry);
            case HARD_LINK ->
                Files.createLink(path, place(EntryName.of(entry.linkTarget())).orElse(path));
            default -> lost("devices and named pipes");
        }
        if (entry.type() == EntryType.FILE || entry.type() == EntryType.SYMLINK) {
            dress(path, entry);
        }
    }

    @Override
    public void left(LayerEntry directory) throws IOException {
        Optional<Path> place = place(directory.name());
        if (place.isPresent()) {
            dress(place.get(), directory);
        }
    }

    private static void directory(Path path, boolean there) throws IOException {
        if (!there) {
            Files.createDirectory(path);
        }
    }

    private static void copy(LayerSource content, Path path) throws IOException {
        try (InputStream bytes = content.open()) {
            Files.copy(bytes, path); // refuses whatever appeared there meanwhile
        }
    }

    private void symlink(Path path, LayerEntry entry) throws IOException {
        Optional<Path> target = HostName.target(root, entry.linkTarget());
        if (target.isPresent()) {
            Files.createSymbolicLink(path, target.get());
        } else {
            lost("symbolic links whose targets this file system cannot have");
        }
    }

    private Optional<Path> place(EntryName name) {
        if (name.isRoot()) {
            return Optional.of(root);
        }
        return place(name.parent()).flatMap(parent -> HostName.in(parent, name.lastComponent()));
    }

    private void dress(Path path, LayerEntry entry) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean owned = owned(path, entry);
        if (!entry.xattrs().isEmpty()) {
            lost("extended attributes");
        }
        if (unix && entry.type() != EntryType.SYMLINK) {
            // a setuid program must not become this user's
            int mode = owned ? entry.mode() : entry.mode() & ~SET_ID;
            Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
        }
        try {
            FileTime time = FileTime.from(entry.mtime());
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        } catch (FileSystemException linkWithoutTime) {
            lost("times of symbolic links");
        }
    }

    private boolean owned(Path path, LayerEntry entry) throws IOException {
        try {
            if (unix) {
                Files.setAttribute(path, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
                return true;
            }
        } catch (FileSystemException notThisUser) {
            // said below
        }
        lost("owners, and with them setuid and setgid bits");
        return false;
    }

    private void lost(String kind) {
        losses.merge(kind, 1L, Long::sum);
    }

    /** What could not be kept: a sentence's beginning for each kind. */
    List<String> losses() {
        List<String> sentences = new ArrayList<>();
        losses.forEach((kind, files) ->
                sentences.add("Of " + files + (files == 1 ? " file, " : " files, ") + kind + " could not be kept"));
        return sentences;
    }
}
