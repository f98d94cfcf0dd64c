package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jspecify.annotations.Nullable;

/**
 * Files of the user, a host directory or an archive, without what an ignore file excludes.
 *
 * <p>Laws of a directory: nothing outside of it is ever read; everything belongs to root; modes (with setuid, setgid and sticky), times, hard links and names
 * are kept as they are, names byte by byte; sockets and extended attributes are left out. Of an archive: see {@link TarTree}.
 */
public final class BuildContext implements SourceTree {
    private final IgnoreFile ignoreFile;
    private final SourceTree all;
    private final SourceTree visible;
    private final @Nullable ContextListener listener;

    private BuildContext(IgnoreFile ignoreFile, SourceTree all, @Nullable ContextListener listener) {
        this.listener = listener;
        this.ignoreFile = ignoreFile;
        this.all = all;
        this.visible =
                ignoreFile.patterns().isEmpty() ? all : new FilteredTree(all, EntryName.ROOT, ignoreFile.compiled());
    }

    /**
     * Opens a directory as a build context.
     *
     * @throws RequestInvalid if there is no such directory, or it cannot be read
     */
    public static BuildContext open(Path directory, IgnoreFile ignoreFile) {
        return open(directory, ignoreFile, InstantSource.system());
    }

    static BuildContext open(Path directory, IgnoreFile ignoreFile, InstantSource clock) {
        Path real = real(directory);
        return new BuildContext(ignoreFile, new HostTree(real, clock), null);
    }

    /** A build context of files that are there already. */
    public static BuildContext of(SourceTree all, IgnoreFile ignoreFile) {
        return new BuildContext(ignoreFile, all, null);
    }

    private static Path real(Path directory) {
        if (!Files.exists(directory)) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + directory + "\" does not exist.",
                    "Name the directory that holds the files which COPY and ADD are to find.");
        }
        if (!Files.isDirectory(directory)) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + directory + "\" is not a directory.",
                    "Name the directory that holds the Dockerfile; a Dockerfile itself is named apart from it.");
        }
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_UNREADABLE,
                    "The build context \"" + directory + "\" cannot be read: " + Reasons.of(e) + ".",
                    "Make it readable for this user.",
                    e);
        }
    }

    /** The same context; the listener hears of what is odd in it, but for what the ignore file excludes. */
    public BuildContext heardBy(ContextListener listener) {
        SourceTree heard =
                all instanceof HostTree host ? host.hearingOfSockets(sockets -> tellVisible(sockets, listener)) : all;
        return new BuildContext(ignoreFile, heard, listener);
    }

    private void tellVisible(List<EntryName> sockets, ContextListener listener) {
        List<EntryName> seen = sockets.stream()
                .filter(socket -> ignoreFile.excludes(socket).isEmpty())
                .toList();
        if (!seen.isEmpty()) {
            listener.socketsLeftOut(seen);
        }
    }

    /** True where the files come from a system that keeps no mode: all of them count as executable. */
    public boolean lacksModes() {
        return all instanceof HostTree host && !host.keepsModes();
    }

    public IgnoreFile ignoreFile() {
        return ignoreFile;
    }

    @Override
    public Optional<NoMatch> explain(String word) throws IOException {
        return Optional.of(NoMatch.examine(word, visible, all, ignoreFile));
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        return visible.lookup(name);
    }

    @Override
    public List<EntryName> children(EntryName parent) throws IOException {
        return visible.children(parent);
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        InputStream content = visible.open(file);
        return listener == null ? content : new ScriptStart(content, () -> listener.windowsScript(file));
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) throws IOException {
        return visible.hardLinkIdentity(file);
    }

    @Override
    public Optional<String> fingerprint(EntryName file) throws IOException {
        return visible.fingerprint(file);
    }
}
