package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceSelection.Selected;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.fetch.Checkout;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.tree.ImageTree;
import org.jspecify.annotations.Nullable;

/** The layer of a COPY or ADD: its inputs laid out under the destination. */
final class TransferLayer {
    private final TransferWords words;
    private final StepTools tools;
    private final List<DiffId> below;
    private final ImageTree tree;
    private final String destination;
    private final @Nullable Owner owner;
    private final FileMode mode;

    private TransferLayer(
            TransferWords words,
            StepTools tools,
            List<DiffId> below,
            ImageTree tree,
            String destination,
            @Nullable Owner owner) {
        this.words = words;
        this.tools = tools;
        this.below = List.copyOf(below);
        this.tree = tree;
        this.destination = destination;
        this.owner = owner;
        this.mode = words.mode();
    }

    /** @param below the layers that it is resolved against; none where it is linked */
    static TransferLayer of(TransferWords words, String workingDirectory, List<DiffId> below, StepTools tools)
            throws IOException {
        ImageTree tree = ImageTree.of(tools.store(), below);
        String absolute = ImagePath.absolute(workingDirectory, words.destination());
        boolean directory = ImagePath.namesDirectory(words.destination()) && !absolute.equals("/");
        return new TransferLayer(words, tools, below, tree, directory ? absolute + "/" : absolute, owner(words, tree));
    }

    private static @Nullable Owner owner(TransferWords words, ImageTree tree) throws IOException {
        Optional<String> chown = words.value("chown");
        if (chown.isEmpty()) {
            return null;
        }
        return Owner.ofFiles(chown.get(), () -> {
            if (words.linked()) {
                throw new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "--chown=" + chown.get() + " names a user or group, and with --link the layer knows nothing of"
                                + " the image that has them.",
                        "Write their numbers, such as --chown=1000:1000, or leave --link out.");
            }
            return tree.users();
        });
    }

    /** Works out what the layer holds; commits are checked out for it. */
    LayerDraft draft(List<TransferInput> inputs) throws IOException, InterruptedException {
        LayerDraft draft = new LayerDraft(tree, tools.times());
        try {
            for (TransferInput input : inputs) {
                if (input instanceof TransferInput.Files files) {
                    place(files, draft);
                } else {
                    place((TransferInput.Commit) input, draft);
                }
            }
            return draft;
        } catch (FileSystemException refused) {
            throw new StepFailed(
                    FailureCode.COPY_DESTINATION_INVALID,
                    words.kind() + " to \"" + words.destination() + "\" is not possible: " + refused.getMessage() + ".",
                    "Choose another destination, or remove what stands there in an earlier RUN.",
                    refused);
        }
    }

    private void place(TransferInput.Files files, LayerDraft draft) throws IOException {
        Placement placement = new Placement(draft, tools.digests(), owner, mode);
        if (files.together()) {
            placement.placeWithParents(files.selected(), destination);
            return;
        }
        for (Selected selected : files.selected()) {
            if (!files.unpack() || !unpacked(selected, draft)) {
                placement.place(selected, destination);
            }
        }
    }

    private void place(TransferInput.Commit commit, LayerDraft draft) throws IOException, InterruptedException {
        Checkout checkout = tools.fetcher().checkout(commit.reference(), commit.revision(), commit.keepGitDir());
        for (Selected top :
                SourceSelection.of(checkout.tree()).excluding(words.excludes()).select("/")) {
            new Placement(draft, tools.digests(), owner, mode).place(top, destination);
        }
    }

    private boolean unpacked(Selected selected, LayerDraft draft) throws IOException {
        if (!selected.entry().isFile()) {
            return false;
        }
        SourceTree source = selected.tree();
        String digest = tools.digests().ofFile(source, selected.name()).toString();
        return new Extraction(draft, owner, tools.store()::scratch)
                .unpacked(source, selected.name(), digest, draft.resolve(destination));
    }

    /** A key that needs no draft: what the inputs are, and all that decides how they are laid out. */
    StepKey key(List<TransferInput> inputs) throws IOException {
        StepKey.Builder key = StepKey.of("transfer-commit")
                .with("layers", below)
                .with("destination", destination)
                .with("owner", owner == null ? "kept" : owner.uid() + ":" + owner.gid())
                .with("mode", words.value("chmod").orElse("kept"))
                .with("exclude", words.excludes());
        if (tools.times().changesFiles()) {
            key.with("times", tools.times().toString());
        }
        for (TransferInput input : inputs) {
            if (input instanceof TransferInput.Files files) {
                key.with("unpack", String.valueOf(files.unpack()));
                key.with(
                        "files",
                        tools.digests()
                                .of(files.selected(), UnaryOperator.identity())
                                .toString());
            } else {
                key.with("commit", ((TransferInput.Commit) input).identity());
            }
        }
        return key.key();
    }
}
