package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.context.NoMatch;
import org.jbuildah.engine.context.SourceMissing;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.Heredoc;
import org.jbuildah.engine.fetch.RemoteSource;

/** Finds what the source words of a COPY or ADD stand for: in a tree, in the Dockerfile itself, on the network. */
final class TransferInputs {
    private static final int HEREDOC_MODE = 0644;

    private final TransferWords words;
    private final StepTools tools;
    private final Instant timeless;

    /** @param timeless the time of what has none of its own: a here-document */
    TransferInputs(TransferWords words, StepTools tools, Instant timeless) {
        this.words = words;
        this.tools = tools;
        this.timeless = timeless;
    }

    /** In the order in which they are laid out: here-documents come last. */
    List<TransferInput> all() throws IOException, InterruptedException {
        RemoteInputs remote = new RemoteInputs(words, tools);
        List<TransferInput> inputs = new ArrayList<>();
        for (String path : words.paths()) {
            Optional<RemoteSource> source = remoteSource(path);
            inputs.add(source.isPresent() ? remote.of(source.get(), path) : local(path));
        }
        for (Heredoc heredoc : words.heredocs()) {
            inputs.add(inline(heredoc));
        }
        return inputs;
    }

    private static Optional<RemoteSource> remoteSource(String path) {
        try {
            return RemoteSource.of(path);
        } catch (IllegalArgumentException malformed) {
            throw new DockerfileInvalid(
                    FailureCode.SOURCE_INVALID,
                    String.valueOf(malformed.getMessage()),
                    "A file of the build context with such a name is written with ./ before it.",
                    malformed);
        }
    }

    private TransferInput inline(Heredoc heredoc) {
        byte[] content = heredoc.content().getBytes(StandardCharsets.UTF_8);
        SingleFile file = SingleFile.inline(heredoc.name(), HEREDOC_MODE, timeless, content);
        return new TransferInput.Files(List.of(file.selected()), false, false);
    }

    private TransferInput local(String path) throws IOException, InterruptedException {
        boolean parents = words.isOn("parents");
        boolean unpack = words.toggle("unpack").orElse(words.isAdd());
        SourceTree source = tools.source(words.value("from").orElse(""));
        try {
            SourceSelection selection = SourceSelection.of(source).excluding(words.excludes());
            return new TransferInput.Files(
                    parents ? selection.selectWithParents(path) : selection.select(path), unpack, parents);
        } catch (SourceMissing missing) {
            throw noMatch(path, source, missing);
        } catch (PatternSyntaxException wrong) {
            throw new DockerfileInvalid(
                    FailureCode.INSTRUCTION_INVALID,
                    "--exclude=" + wrong.getPattern() + " is not a pattern: " + wrong.getDescription() + ".",
                    "Patterns are written as in .dockerignore; a backslash takes the meaning from * ? and [.",
                    wrong);
        }
    }

    private StepFailed noMatch(String word, SourceTree source, SourceMissing missing) throws IOException {
        Optional<NoMatch> found = source.explain(word);
        if (found.isPresent()) {
            NoMatch why = found.get();
            return new StepFailed(
                    FailureCode.COPY_NO_MATCH,
                    words.kind() + " found no file \"" + word + "\" in the build context. " + why.what(),
                    why.remedy(),
                    missing);
        }
        return new StepFailed(
                FailureCode.COPY_NO_MATCH,
                words.kind() + " found no file \"" + word + "\" in what --from names.",
                "Paths are absolute in an image; check the spelling, and that the stage makes the file.",
                missing);
    }
}
