package org.jbuildah.engine.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.ContextWord;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.DockerfileSource;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.SourceText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is read: the Dockerfile, the build contexts, and values for ARG. */
final class InputFlags {
    private static final String STANDARD_INPUT = SourceText.STANDARD_INPUT;
    private static final Path HERE = Path.of("");

    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT",
            description =
                    "The build context: a directory, a tar, the address of a Git repository or of a tar, or - for "
                            + "a tar or a Dockerfile on standard input. Default: the current directory.")
    private String context = ".";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile: a file, an address, or - for standard input; several are read one after "
                    + "another, as one. Default: Dockerfile, else Containerfile, in the context.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=WHERE",
            description = "A named context, which counts before the stage or image of that name: a directory, a tar, "
                    + "docker-image://IMAGE, oci-layout://PATH, or the address of a Git repository or of a tar.")
    private List<String> namedContexts = new ArrayList<>();

    @Option(
            names = "--ignorefile",
            paramLabel = "FILE",
            description = "The ignore file. Default: the one beside the Dockerfile, else the context's.")
    private @Nullable Path ignoreFile;

    @Option(
            names = "--from",
            paramLabel = "IMAGE",
            description = "The base image in place of the one that the first FROM names.")
    private @Nullable String firstBase;

    @Option(
            names = "--build-arg",
            paramLabel = "NAME[=VALUE]",
            description = "A build argument; without a value it is taken from the environment.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--build-arg-file",
            paramLabel = "FILE",
            description =
                    "A file of build arguments, one a line, # before comments. Those of --build-arg count before it.")
    private List<Path> argumentFiles = new ArrayList<>();

    BuildInput input() {
        if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw Cli.wrong("-f - is given several times, and standard input can be read once.", "Leave one.");
        }
        if (context.equals(STANDARD_INPUT) && files.contains(STANDARD_INPUT)) {
            throw Cli.wrong(
                    "Both the context and the Dockerfile are to come from standard input.",
                    "Put the Dockerfile into the tar, or name one of them.");
        }
        ContextSource source = context.equals(STANDARD_INPUT)
                ? new ContextSource.Stream(STANDARD_INPUT, System.in)
                : ContextWord.parse(context, HERE);
        List<DockerfileSource> dockerfiles =
                files.stream().map(word -> dockerfile(word, source)).toList();
        return BuildInput.of(source)
                .withDockerfile(dockerfiles.isEmpty() ? null : dockerfiles.get(0))
                .withFurtherDockerfiles(dockerfiles.stream().skip(1).toList())
                .withIgnoreFile(ignoreFile)
                .withNamedContexts(contexts())
                .withFirstBase(firstBase);
    }

    private static DockerfileSource dockerfile(String word, ContextSource source) {
        if (word.equals(STANDARD_INPUT)) {
            return new DockerfileSource.Stream(STANDARD_INPUT, System.in);
        }
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return new DockerfileSource.Remote(word);
        }
        return new DockerfileSource.File(found(path(word), source));
    }

    /** A Dockerfile that is not there from here is looked for in the context, as buildah does. */
    private static Path found(Path named, ContextSource source) {
        if (source instanceof ContextSource.Local local && !Files.exists(named)) {
            Path inContext = local.path().resolve(named);
            return Files.exists(inContext) ? inContext : named;
        }
        return named;
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw Cli.wrong("-f \"" + word + "\" is not a path: " + e.getReason() + ".", "Name a file.");
        }
    }

    private Map<String, ContextSource> contexts() {
        Map<String, ContextSource> contexts = new LinkedHashMap<>();
        for (String word : namedContexts) {
            int equals = word.indexOf('=');
            if (equals < 1 || equals == word.length() - 1) {
                throw Cli.wrong(
                        "--build-context \"" + word + "\" is not NAME=WHERE.",
                        "Write, for example, --build-context tools=../tools.");
            }
            contexts.put(word.substring(0, equals), ContextWord.parse(word.substring(equals + 1), HERE));
        }
        return contexts;
    }

    /** Those of files first; of several values of one name the last counts. */
    Map<String, String> arguments(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        argumentFiles.forEach(file -> words.addAll(linesOf(file)));
        words.addAll(arguments);
        return Pairs.of("--build-arg", words, environment);
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException failure) {
            throw Cli.wrong(
                    "The file of build arguments \"" + file + "\" cannot be read: " + Reasons.of(failure) + ".",
                    "Name a text file with one NAME=VALUE a line.");
        }
    }
}
