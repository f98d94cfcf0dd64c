package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.Instruction;

/**
 * The first WORKDIR of a stage and of those it stands on is relative: to what, only the base image knows.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/workdir-relative-path/">Docker: build checks, WorkdirRelativePath</a>
 */
final class WorkdirRelativePath implements StageRule {
    @Override
    public String description() {
        return "A relative WORKDIR stands behind an absolute one.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        if (stage.inherited().stream().anyMatch(Instruction.Workdir.class::isInstance)) {
            return;
        }
        stage.places().stream()
                .filter(place -> place.instruction() instanceof Instruction.Workdir)
                .findFirst()
                .ifPresent(place -> judge((Instruction.Workdir) place.instruction(), place.scope(), findings));
    }

    private static void judge(Instruction.Workdir workdir, Scope scope, Findings findings) {
        scope.expand(workdir.path())
                .text()
                .filter(path -> !path.startsWith("/"))
                .ifPresent(path -> findings.report(
                        workdir,
                        "WORKDIR \"" + path
                                + "\" is relative to a directory that the base image decides; begin with /."));
    }
}
