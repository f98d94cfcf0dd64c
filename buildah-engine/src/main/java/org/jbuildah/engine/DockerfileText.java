package org.jbuildah.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.context.TextInTree;

/** Reads a Dockerfile, wherever it lies. */
final class DockerfileText {
    private DockerfileText() {}

    /** The Dockerfile in a directory that has not been told its name. */
    static Path in(Path directory) {
        List<Path> places =
                BuildInput.DOCKERFILE_NAMES.stream().map(directory::resolve).toList();
        return places.stream().filter(Files::isRegularFile).findFirst().orElseThrow(() -> places.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .map(folder -> noFile(folder, "Name the Dockerfile with -f (in a pom: <dockerfile>)."))
                .orElseGet(() -> missing(places.get(0).toString())));
    }

    /** The name of the Dockerfile in an archive that has not been told it. */
    static String in(SourceTree tree, String context) throws IOException {
        for (String name : BuildInput.DOCKERFILE_NAMES) {
            if (TextInTree.read(tree, name).isPresent()) {
                return name;
            }
        }
        throw missing(BuildInput.DOCKERFILE_NAMES.get(0) + "\" in the build context \"" + context);
    }

    static SourceText read(Path file) {
        if (Files.isDirectory(file)) {
            throw noFile(file, "Name the file in it.");
        }
        if (!Files.exists(file)) {
            throw missing(file.toString(), neighbour(file));
        }
        try {
            return decoded(file.toString(), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw unreadable(file.toString(), unreadable);
        }
    }

    /** @return empty where the tree has no such file */
    static Optional<SourceText> read(SourceTree tree, String path) throws IOException {
        return TextInTree.read(tree, path).map(bytes -> decoded(path, bytes));
    }

    static SourceText decoded(String name, byte[] bytes) {
        try {
            return SourceText.of(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notText) {
            throw new RequestInvalid(
                    FailureCode.DOCKERFILE_SYNTAX,
                    SourceText.dockerfileNamed(name) + " is not UTF-8 text.",
                    "Save it as UTF-8.",
                    notText);
        }
    }

    static RequestInvalid unreadable(String name, IOException failure) {
        return new RequestInvalid(
                FailureCode.DOCKERFILE_NOT_FOUND,
                SourceText.dockerfileNamed(name) + " cannot be read: " + Reasons.of(failure) + ".",
                "Check that it is there and may be read.",
                failure);
    }

    private static RequestInvalid noFile(Path directory, String remedy) {
        return new RequestInvalid(
                FailureCode.DOCKERFILE_NOT_FOUND, "\"" + directory + "\" is a directory and no Dockerfile.", remedy);
    }

    static RequestInvalid missing(String place) {
        return missing(place, Optional.empty());
    }

    private static RequestInvalid missing(String place, Optional<Path> meant) {
        return new RequestInvalid(
                FailureCode.DOCKERFILE_NOT_FOUND,
                "There is no Dockerfile at \"" + place + "\".",
                meant.map(near -> "Did you mean \"" + near + "\"?")
                        .orElse("Write one there, or name another with -f (in a pom: <dockerfile>)."));
    }

    /** The file beside it whose name is nearly the same. */
    private static Optional<Path> neighbour(Path file) {
        Path name = file.getFileName();
        Path folder = file.toAbsolutePath().getParent();
        if (name == null || folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> files = entries.filter(Files::isRegularFile)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
            return NearMiss.of(name.toString(), files).map(file::resolveSibling);
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
