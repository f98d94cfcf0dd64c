package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.Instruction;

/**
 * COPY or ADD of something that the ignore file keeps out of the context.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/copy-ignored-file/">Docker: build checks, CopyIgnoredFile</a>
 */
final class CopyIgnoredFile implements StageRule {
    @Override
    public String description() {
        return "COPY and ADD name nothing that the ignore file excludes.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        for (StageView.Place place : stage.places()) {
            if (place.instruction() instanceof Instruction.Transfer transfer) {
                ContextSources.of(transfer, place.scope()).stream()
                        .filter(stage.context()::excludes)
                        .forEach(source -> findings.report(
                                transfer,
                                transfer.kind() + " takes \"" + source + "\", which "
                                        + stage.context().ignoreFile().name() + " keeps out of the build context."));
            }
        }
    }
}
