package org.jbuildah.engine.lint;

import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.dockerfile.Remarks;

/**
 * An empty line within an instruction that goes on. It is skipped today, and will end the instruction one day. The place is the last of the continued lines.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/no-empty-continuation/">Docker: build checks, NoEmptyContinuation</a>
 */
final class NoEmptyContinuation implements FileRule {
    @Override
    public String description() {
        return "No line within a continued instruction is empty.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        for (Remarks.Gap gap : file.dockerfile().remarks().gaps()) {
            findings.report(
                    new SourceSpan(file.dockerfile().text(), gap.lastLine(), gap.lastLine()),
                    "Line " + gap.emptyLine()
                            + " is empty within an instruction that goes on; remove it, or make it a comment.");
        }
    }
}
