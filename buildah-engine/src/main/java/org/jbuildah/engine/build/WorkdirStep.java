package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.tree.ImageTree;

/**
 * WORKDIR: sets the directory and makes it, owned by the current user.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#workdir">Dockerfile reference: WORKDIR</a>
 */
record WorkdirStep(Instruction.Workdir instruction) implements Step.OfLayer {
    private static final int MODE = 0755;

    @Override
    public Resolution resolve(StageState before, StepTools tools) throws IOException {
        String written = tools.lexer().expand(instruction.path(), before.variables());
        String clean = ImagePath.absolute(before.workingDirectory(), written);
        // BuildKit keeps the trailing slash of an absolute path in the config
        boolean slash = written.startsWith("/") && written.endsWith("/") && !clean.equals("/");
        String directory = slash ? clean + "/" : clean;
        StageState after = before.withImage(before.image()
                .withContainer(
                        before.image().container().with().workingDir(directory).build()));
        if (directory.equals("/")) {
            return new Settled(after.withImage(after.image().withNote("WORKDIR /")));
        }
        ImageTree tree = ImageTree.of(tools.store(), before.image().layers());
        LayerDraft draft = new LayerDraft(tree, tools.times());
        String user = before.image().container().user();
        try {
            EntryName target = draft.resolve(directory);
            // the owner counts for a new directory only, and so does whether there is such a user
            Owner owner =
                    user.isEmpty() || draft.lookup(target).isPresent() ? Owner.ROOT : Owner.ofFiles(user, tree::users);
            draft.makeDirectories(target, owner, MODE);
        } catch (NotDirectoryException inTheWay) {
            throw new StepFailed(
                    FailureCode.COPY_DESTINATION_INVALID,
                    "WORKDIR " + directory + " cannot be made: " + inTheWay.getMessage() + ".",
                    "Choose another directory, or remove that file in an earlier RUN.");
        }
        return LayerChange.of("workdir", draft, before.image().layers(), tools.store(), after, "WORKDIR " + directory);
    }
}
