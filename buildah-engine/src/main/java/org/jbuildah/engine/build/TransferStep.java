package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.NoMatch;
import org.jbuildah.engine.context.SourceMissing;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.dockerfile.Flag;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.tree.ImageTree;
import org.jspecify.annotations.Nullable;

/**
 * COPY, and ADD of local files: selects from the context, a stage or an image, and lays the files out under the destination.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference: COPY</a>
 */
record TransferStep(Instruction.Transfer instruction) implements Step.OfLayer {
    @Override
    public Resolution resolve(StageState before, StepTools tools) throws IOException, InterruptedException {
        ImageTree tree = ImageTree.of(tools.store(), before.image().layers());
        LayerDraft draft = new LayerDraft(tree);
        String from = flag("from", before, tools).orElse("");
        SourceTree source = tools.source(from);
        Placement placement =
                new Placement(draft, source, tools.digests(), owner(before, tools, tree), mode(before, tools));
        List<String> words = expanded(instruction.paths(), before, tools);
        String written = tools.lexer().expand(instruction.destination(), before.variables());
        String destination = destination(before, written);
        SourceSelection selection = SourceSelection.of(source);
        Extraction extraction = new Extraction(draft, owner(before, tools, tree), tools.store()::scratch);
        try {
            for (String word : words) {
                for (SourceSelection.Selected selected : selected(word, selection, source)) {
                    if (!unpacked(selected, source, destination, extraction, draft, tools)) {
                        placement.place(selected, destination);
                    }
                }
            }
        } catch (FileSystemException refused) {
            throw new StepFailed(
                    FailureCode.COPY_DESTINATION_INVALID,
                    instruction.kind() + " to \"" + written + "\" is not possible: " + refused.getMessage() + ".",
                    "Choose another destination, or remove what stands there in an earlier RUN.",
                    refused);
        }
        return new LayerChange("transfer", draft, tools.store(), before, note(words, written, before, tools));
    }

    private boolean unpacked(
            SourceSelection.Selected selected,
            SourceTree source,
            String destination,
            Extraction extraction,
            LayerDraft draft,
            StepTools tools)
            throws IOException {
        if (instruction.kind() == Instruction.Transfer.Kind.COPY
                || !selected.entry().isFile()) {
            return false;
        }
        String digest = tools.digests().ofFile(source, selected.name()).toString();
        return extraction.unpacked(source, selected.name(), digest, draft.resolve(destination));
    }

    private List<SourceSelection.Selected> selected(String word, SourceSelection selection, SourceTree source)
            throws IOException {
        try {
            return selection.select(word);
        } catch (SourceMissing missing) {
            if (source instanceof BuildContext context) {
                NoMatch why = context.explain(word);
                throw new StepFailed(
                        FailureCode.COPY_NO_MATCH,
                        instruction.kind() + " found no file \"" + word + "\" in the build context. " + why.what(),
                        why.remedy(),
                        missing);
            }
            throw new StepFailed(
                    FailureCode.COPY_NO_MATCH,
                    instruction.kind() + " found no file \"" + word + "\" in what --from names.",
                    "Paths are absolute in an image; check the spelling, and that the stage makes the file.",
                    missing);
        }
    }

    private static String destination(StageState before, String written) {
        String absolute = ImagePath.absolute(before.workingDirectory(), written);
        return ImagePath.namesDirectory(written) && !absolute.equals("/") ? absolute + "/" : absolute;
    }

    private @Nullable Owner owner(StageState before, StepTools tools, ImageTree tree) throws IOException {
        Optional<String> chown = flag("chown", before, tools);
        return chown.isEmpty() ? null : Owner.ofFiles(chown.get(), tree::users);
    }

    private FileMode mode(StageState before, StepTools tools) {
        Optional<String> chmod = flag("chmod", before, tools);
        if (chmod.isEmpty()) {
            return (mode, directory) -> mode;
        }
        return FileMode.parse(chmod.get())
                .orElseThrow(() -> new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "--chmod=" + chmod.get() + " is not a mode.",
                        "Write an octal mode up to 07777 such as 0644, or symbolic changes such as u=rwX,go=rX."));
    }

    private Optional<String> flag(String name, StageState before, StepTools tools) {
        return instruction.flags().stream()
                .filter(flag -> flag.name().equals(name))
                .map(Flag::value)
                .map(value -> tools.lexer().expand(value, before.variables()))
                .findFirst();
    }

    private static List<String> expanded(List<String> words, StageState before, StepTools tools) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            all.add(tools.lexer().expand(word, before.variables()));
        }
        return all;
    }

    /** As BuildKit writes it: of the flags, these three, in this order. */
    private String note(List<String> words, String destination, StageState before, StepTools tools) {
        StringBuilder note = new StringBuilder(instruction.kind().name());
        if (instruction.flags().stream().anyMatch(flag -> flag.name().equals("parents"))) {
            note.append(" --parents");
        }
        for (String name : List.of("chown", "chmod")) {
            flag(name, before, tools)
                    .ifPresent(
                            value -> note.append(" --").append(name).append('=').append(value));
        }
        words.forEach(word -> note.append(' ').append(word));
        return note.append(' ').append(destination).append(" # buildkit").toString();
    }
}
