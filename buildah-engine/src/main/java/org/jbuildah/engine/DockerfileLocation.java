package org.jbuildah.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;

/** Finds the Dockerfile of a request and reads it. */
final class DockerfileLocation {
    private static final List<String> NAMES = List.of("Dockerfile", "Containerfile");

    private DockerfileLocation() {}

    static Path of(BuildRequest request) {
        if (!Files.isDirectory(request.context())) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + request.context() + "\" is "
                            + (Files.exists(request.context()) ? "not a directory." : "not there."),
                    "Name the directory that holds the files to be copied; the Dockerfile is named apart (-f, <dockerfile>).");
        }
        return request.namedDockerfile().orElseGet(() -> NAMES.stream()
                .map(request.context()::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(request.context().resolve(NAMES.get(0)))));
    }

    static SourceText read(Path file) {
        if (Files.isDirectory(file)) {
            throw new RequestInvalid(
                    FailureCode.DOCKERFILE_NOT_FOUND,
                    "\"" + file + "\" is a directory and no Dockerfile.",
                    "Name the file in it.");
        }
        if (!Files.exists(file)) {
            throw missing(file);
        }
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return SourceText.of(file.toString(), text);
        } catch (java.nio.charset.CharacterCodingException notText) {
            throw new RequestInvalid(
                    FailureCode.DOCKERFILE_SYNTAX,
                    "The Dockerfile \"" + file + "\" is not UTF-8 text.",
                    "Save it as UTF-8.",
                    notText);
        } catch (IOException unreadable) {
            throw new RequestInvalid(
                    FailureCode.DOCKERFILE_NOT_FOUND,
                    "The Dockerfile \"" + file + "\" cannot be read: " + unreadable.getMessage() + ".",
                    "Check its permissions.",
                    unreadable);
        }
    }

    private static RequestInvalid missing(Path file) {
        return new RequestInvalid(
                FailureCode.DOCKERFILE_NOT_FOUND,
                "There is no Dockerfile at \"" + file + "\".",
                "Write one there, or name another with -f (in a pom: <dockerfile>).");
    }
}
