package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.AsWritten;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * {@code ENV name value}: the old form, which takes all the rest of the line for the value.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/legacy-key-value-format/">Docker: build checks, LegacyKeyValueFormat</a>
 */
final class LegacyKeyValueFormat implements StageRule {
    @Override
    public String description() {
        return "ENV and LABEL are written with an equals sign.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        for (Instruction instruction : stage.stage().instructions()) {
            if (AsWritten.inOldForm(instruction, stage.graph().escape())) {
                String keyword = AsWritten.of(instruction).keyword();
                findings.report(instruction, keyword + " has no equals sign; write " + keyword + " NAME=VALUE.");
            }
        }
    }
}
