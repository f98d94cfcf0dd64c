package org.jbuildah.engine;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.build.Archive;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.TarTree;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.fetch.RemoteSource;
import org.jbuildah.engine.fetch.Revision;
import org.jbuildah.engine.layer.LayerReader;

/** Fetches and reads build contexts that are no directories of this machine: archives, streams, addresses. */
final class ContextFiles implements ContextDelivery {
    private static final int TAR_BLOCK = 512;
    private static final int LONGEST_DOCKERFILE = 64 << 20;

    private final ContentStore store;
    private final Fetcher fetcher;
    private final boolean keepGitDir;

    /** @param keepGitDir whether the {@code .git} of a repository is part of the context */
    ContextFiles(ContentStore store, Fetcher fetcher, boolean keepGitDir) {
        this.store = store;
        this.fetcher = fetcher;
        this.keepGitDir = keepGitDir;
    }

    /** For messages. */
    static String name(ContextSource source) {
        if (source instanceof ContextSource.Local local) {
            return local.path().toString();
        }
        if (source instanceof ContextSource.Stream stream) {
            return stream.name();
        }
        return source instanceof ContextSource.Remote remote ? remote.address() : ((ContextSource.Image) source).name();
    }

    @Override
    public Delivered deliver(ContextSource source) throws InterruptedException {
        String name = name(source);
        try {
            if (source instanceof ContextSource.Local local) {
                return tar(local.path());
            }
            if (source instanceof ContextSource.Stream stream) {
                return archive(name, stream.bytes());
            }
            if (source instanceof ContextSource.Remote remote) {
                return remote(remote.address());
            }
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
        throw new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "The image \"" + name + "\" cannot be the build context.",
                "Give it a name of its own with --build-context NAME=docker-image://" + name + ".");
    }

    static RequestInvalid unreadable(String name, IOException failure) {
        return new RequestInvalid(
                FailureCode.CONTEXT_UNREADABLE,
                (name.equals(SourceText.STANDARD_INPUT)
                                ? "The build context on standard input"
                                : "The build context \"" + name + "\"")
                        + " cannot be read: " + failure.getMessage() + ".",
                "It is a tar, plain or compressed with gzip, bzip2, xz or zstd, or a Dockerfile alone.",
                failure);
    }

    private Delivered remote(String address) throws IOException, InterruptedException {
        RemoteSource source = ContextWord.remote(address).orElseThrow(() -> notRemote(address));
        if (source instanceof RemoteSource.Git git) {
            Revision revision = fetcher.resolve(git.reference());
            return new Delivered.Tree(
                    fetcher.checkout(git.reference(), revision, keepGitDir).tree());
        }
        return archive(address, bytes((RemoteSource.Web) source));
    }

    private InputStream bytes(RemoteSource.Web file) throws IOException, InterruptedException {
        return store.open(fetcher.download(file.address(), null).digest());
    }

    @Override
    public byte[] text(String address) throws IOException, InterruptedException {
        if (ContextWord.remote(address).orElseThrow(() -> notRemote(address)) instanceof RemoteSource.Web file) {
            try (InputStream text = bytes(file)) {
                return text.readNBytes(LONGEST_DOCKERFILE);
            }
        }
        throw notRemote(address);
    }

    private static RequestInvalid notRemote(String address) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "\"" + address + "\" is no address that files can be fetched from.",
                "Write http://, https://, or the address of a Git repository.");
    }

    private Delivered tar(Path file) throws IOException {
        Delivered delivered = archive(file.toString(), Files.newInputStream(file));
        if (delivered instanceof Delivered.Lone) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + file + "\" is neither a directory nor a tar.",
                    "Name the directory that holds the files to be copied; the Dockerfile is named apart (-f, <dockerfile>).");
        }
        return delivered;
    }

    private Delivered archive(String name, InputStream bytes) throws IOException {
        try (BufferedInputStream plain = new BufferedInputStream(Archive.plain(bytes))) {
            plain.mark(TAR_BLOCK);
            byte[] first = plain.readNBytes(TAR_BLOCK);
            plain.reset();
            if (LayerReader.mayBegin(first)) {
                Path contents = store.scratch().resolve("context");
                return new Delivered.Tree(TarTree.read(plain, contents));
            }
            byte[] text = plain.readNBytes(LONGEST_DOCKERFILE);
            if (new String(text, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
                throw new IOException("it is neither a tar nor a text");
            }
            return new Delivered.Lone(text);
        } catch (EOFException | ZipException broken) {
            throw new IOException(name + " is cut short or broken: " + broken.getMessage(), broken);
        }
    }

    static Optional<Path> directory(ContextSource source) {
        return source instanceof ContextSource.Local local && Files.isDirectory(local.path())
                ? Optional.of(local.path())
                : Optional.empty();
    }

    /** @throws RequestInvalid if a path of this machine leads nowhere */
    static void requireThere(ContextSource source) {
        if (source instanceof ContextSource.Local local && !Files.exists(local.path())) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + local.path() + "\" is not there.",
                    "Name the directory that holds the files to be copied; the Dockerfile is named apart (-f, <dockerfile>).");
        }
    }
}
