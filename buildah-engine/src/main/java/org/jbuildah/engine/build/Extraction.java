package org.jbuildah.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.layer.LayerSource;
import org.jspecify.annotations.Nullable;

/**
 * Lays the entries of a tar archive out under a directory, as ADD does: owners, modes and times are the archive's, unless an owner is
 * chosen. An entry replaces whatever stands under its name, but a directory is merged into a directory. Names that would lead out
 * of the image are refused by the reader.
 */
final class Extraction {
    private static final int DIRECTORY_MODE = 0755;

    private final LayerDraft draft;
    private final @Nullable Owner owner;
    private final Scratch scratch;

    /** Makes a directory for contents, which stays until the layer is written. */
    interface Scratch {
        Path directory() throws IOException;
    }

    Extraction(LayerDraft draft, @Nullable Owner owner, Scratch scratch) {
        this.draft = draft;
        this.owner = owner;
        this.scratch = scratch;
    }

    /**
     * Unpacks a file if it is an archive.
     *
     * @param digest of the file's bytes
     * @return false if it is none; the draft is unchanged then
     */
    boolean unpacked(SourceTree source, EntryName file, String digest, EntryName directory) throws IOException {
        if (!isArchive(source, file)) {
            return false;
        }
        draft.makeDirectories(directory, owner == null ? Owner.ROOT : owner, DIRECTORY_MODE);
        Path spool = scratch.directory().resolve("contents");
        try (LayerReader tar = new LayerReader(Archive.plain(source.open(file)));
                OutputStream contents = Files.newOutputStream(spool)) {
            long written = 0;
            for (LayerEntry entry = next(tar, file); entry != null; entry = next(tar, file)) {
                written += place(entry, tar, directory, new Spool(spool, written, digest), contents);
            }
        }
        return true;
    }

    private static @Nullable LayerEntry next(LayerReader tar, EntryName file) throws IOException {
        try {
            return tar.next();
        } catch (InterruptedIOException | ClosedByInterruptException givenUp) {
            throw givenUp;
        } catch (IOException broken) {
            throw new IOException("The archive \"" + file + "\" cannot be unpacked: " + broken.getMessage(), broken);
        }
    }

    private static boolean isArchive(SourceTree source, EntryName file) throws IOException {
        try (LayerReader tar = new LayerReader(Archive.plain(source.open(file)))) {
            return tar.next() != null;
        } catch (IOException noArchive) {
            return false; // then it is copied like any other file
        }
    }

    /** @return how many bytes of content were spooled */
    private long place(LayerEntry entry, LayerReader tar, EntryName directory, Spool spool, OutputStream contents)
            throws IOException {
        if (entry.name().isRoot()) {
            return 0; // "./" is the destination itself, which keeps its own mode and owner
        }
        EntryName parent = draft.resolve("/" + directory.resolve(entry.name().parent()));
        draft.makeDirectories(parent, Owner.ROOT, DIRECTORY_MODE);
        EntryName name = parent.resolve(EntryName.of(entry.name().lastComponent()));
        LayerEntry placed =
                owner == null ? entry.withName(name) : entry.withName(name).withOwner(owner.uid(), owner.gid());
        if (entry.type() == EntryType.HARD_LINK) {
            EntryName target = draft.resolve("/" + directory.resolve(EntryName.of(entry.linkTarget())));
            link(placed, target);
            return 0;
        }
        if (!entry.isDirectory()) {
            draft.remove(name);
        }
        if (!entry.isFile()) {
            draft.put(placed, null, "");
            return 0;
        }
        long size = tar.content().transferTo(contents);
        draft.put(placed, spool.content(size), spool.digest());
        return size;
    }

    private void link(LayerEntry link, EntryName target) throws IOException {
        Optional<LayerEntry> there = draft.lookup(target);
        if (there.isEmpty()) {
            throw new java.nio.file.NoSuchFileException("/" + target + ", which /" + link.name() + " is a link to");
        }
        draft.remove(link.name());
        draft.link(link.name(), target);
    }

    /** Where the content of one entry begins. */
    private record Spool(Path file, long offset, String archive) {
        LayerSource content(long size) {
            return () -> {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                channel.position(offset);
                return new Slice(Channels.newInputStream(channel), size);
            };
        }

        /** The archive's bytes and the place in it name a content as well as its own digest would. */
        String digest() {
            return archive + "@" + offset;
        }
    }

    /** The first bytes of a stream. */
    private static final class Slice extends InputStream {
        private final InputStream in;
        private long left;

        Slice(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
