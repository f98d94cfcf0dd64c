package org.jbuildah.engine.lint;

import java.util.HashMap;
import java.util.Map;
import org.jbuildah.engine.dockerfile.AsWritten;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A CMD, ENTRYPOINT or HEALTHCHECK that a later one of the same stage replaces. The place is the one that has no effect.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/">Docker: build checks, MultipleInstructionsDisallowed</a>
 */
final class MultipleInstructionsDisallowed implements StageRule {
    @Override
    public String description() {
        return "A stage has at most one CMD, ENTRYPOINT and HEALTHCHECK.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        Map<Class<?>, Instruction> last = new HashMap<>();
        for (Instruction instruction : stage.stage().instructions()) {
            if (!(instruction instanceof Instruction.Cmd)
                    && !(instruction instanceof Instruction.Entrypoint)
                    && !(instruction instanceof Instruction.Healthcheck)) {
                continue;
            }
            Instruction replaced = last.put(instruction.getClass(), instruction);
            if (replaced != null) {
                findings.report(
                        replaced,
                        AsWritten.of(replaced).keyword() + " has no effect: line "
                                + instruction.source().firstLineInFile() + " replaces it.");
            }
        }
    }
}
