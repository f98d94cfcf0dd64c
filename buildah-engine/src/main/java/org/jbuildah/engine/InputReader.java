package org.jbuildah.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.DockerfileSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.build.BuildContexts;
import org.jbuildah.engine.build.NamedContext;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.context.NoContext;
import org.jbuildah.engine.context.SourceTree;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the Dockerfile of a request, wherever it is, and gets its contexts ready. A directory is looked into when the first
 * instruction asks for it; what has to be fetched is fetched now, since it holds the Dockerfile.
 */
final class InputReader {
    private final BuildInput input;
    private final ContextDelivery files;
    private final String name;

    InputReader(BuildInput input, ContextDelivery files) {
        this.input = input;
        this.files = files;
        this.name = ContextFiles.name(input.context());
    }

    /** @throws org.jbuildah.engine.api.BuildException if the Dockerfile or a context is not there, or cannot be read */
    OpenInput read() throws InterruptedException {
        ContextFiles.requireThere(input.context());
        input.namedContexts().values().forEach(ContextFiles::requireThere);
        Optional<Path> directory = ContextFiles.directory(input.context());
        if (directory.isPresent()) {
            return inDirectory(directory.get());
        }
        ContextDelivery.Delivered delivered = files.deliver(input.context());
        try {
            return delivered instanceof ContextDelivery.Delivered.Lone lone
                    ? alone(lone.dockerfile())
                    : inTree(((ContextDelivery.Delivered.Tree) delivered).files());
        } catch (IOException failure) {
            throw ContextFiles.unreadable(name, failure);
        }
    }

    private OpenInput inDirectory(Path context) throws InterruptedException {
        SourceText elsewhere = notAFile(input.dockerfile());
        if (elsewhere != null) {
            return opened(joined(elsewhere, null), context, null);
        }
        Path file =
                input.dockerfile() instanceof DockerfileSource.File given ? given.path() : DockerfileText.in(context);
        return opened(joined(DockerfileText.read(file), null), context, file);
    }

    private OpenInput opened(SourceText text, Path context, @Nullable Path dockerfile) {
        Path chosen = input.ignoreFile();
        IgnoreFile ignored = chosen == null ? IgnoreFile.find(context, dockerfile) : IgnoreFile.read(chosen);
        return new OpenInput(text, ignored, () -> BuildContext.open(context, ignored), namedContexts());
    }

    private OpenInput alone(byte[] dockerfile) {
        if (input.dockerfile() != null || !input.furtherDockerfiles().isEmpty()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The build context \"" + name + "\" is no tar but a text, and the Dockerfile is named besides.",
                    "Leave out the name of the Dockerfile: the text is the Dockerfile.");
        }
        return new OpenInput(
                DockerfileText.decoded(name, dockerfile), IgnoreFile.none(), NoContext::new, namedContexts());
    }

    private OpenInput inTree(SourceTree tree) throws IOException, InterruptedException {
        SourceText elsewhere = notAFile(input.dockerfile());
        if (elsewhere != null) {
            return opened(joined(elsewhere, tree), tree, ignoreFile(tree, ""));
        }
        String path = input.dockerfile() instanceof DockerfileSource.File given
                ? slashed(given)
                : DockerfileText.in(tree, name);
        return opened(joined(textOf(path, tree), tree), tree, ignoreFile(tree, path));
    }

    private static SourceText textOf(String path, @Nullable SourceTree tree) throws IOException {
        Optional<SourceText> inside = tree == null ? Optional.empty() : DockerfileText.read(tree, path);
        return inside.isPresent() ? inside.get() : DockerfileText.read(Path.of(path));
    }

    /** With the further Dockerfiles of the request behind it. */
    private SourceText joined(SourceText first, @Nullable SourceTree tree) throws InterruptedException {
        List<SourceText> texts = new ArrayList<>(List.of(first));
        for (DockerfileSource source : input.furtherDockerfiles()) {
            SourceText elsewhere = notAFile(source);
            String path = source instanceof DockerfileSource.File file ? slashed(file) : "";
            try {
                texts.add(elsewhere == null ? textOf(path, tree) : elsewhere);
            } catch (IOException failure) {
                throw DockerfileText.unreadable(path, failure);
            }
        }
        return SourceText.joined(texts);
    }

    private static String slashed(DockerfileSource.File file) {
        return file.path().toString().replace('\\', '/');
    }

    private IgnoreFile ignoreFile(SourceTree tree, String dockerfile) throws IOException {
        Path chosen = input.ignoreFile();
        return chosen == null ? IgnoreFile.find(tree, dockerfile) : IgnoreFile.read(chosen);
    }

    private OpenInput opened(SourceText text, SourceTree tree, IgnoreFile ignored) {
        SourceTree visible = BuildContext.of(tree, ignored);
        return new OpenInput(text, ignored, () -> visible, namedContexts());
    }

    /** A Dockerfile that comes by a stream or from an address; null for one that is a file. */
    private @Nullable SourceText notAFile(@Nullable DockerfileSource source) throws InterruptedException {
        if (source instanceof DockerfileSource.Stream stream) {
            try (var bytes = stream.bytes()) {
                return DockerfileText.decoded(stream.name(), bytes.readAllBytes());
            } catch (IOException failure) {
                throw DockerfileText.unreadable(stream.name(), failure);
            }
        }
        if (source instanceof DockerfileSource.Remote remote) {
            try {
                return DockerfileText.decoded(remote.address(), files.text(remote.address()));
            } catch (IOException failure) {
                throw DockerfileText.unreadable(remote.address(), failure);
            }
        }
        return null;
    }

    private Map<String, NamedContext> namedContexts() {
        Map<String, NamedContext> named = new LinkedHashMap<>();
        input.namedContexts().forEach((key, source) -> named.put(key, named(source)));
        return named;
    }

    private NamedContext named(ContextSource source) {
        if (source instanceof ContextSource.Image image) {
            return image.name().equals("scratch") ? new NamedContext.Scratch() : new NamedContext.Image(image.name());
        }
        return new NamedContext.Files(ContextFiles.directory(source)
                .<BuildContexts.Opening>map(
                        directory -> () -> BuildContext.open(directory, IgnoreFile.find(directory, null)))
                .orElse(() -> files.files(source)));
    }
}
